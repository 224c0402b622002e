package banking.projection;

import banking.events.StreamId;
import banking.projection.Round.Dead;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The aggregates of one projection that wait, with the records that wait in their queues. */
record Parking(String projection) {

    /** Which of the aggregates are parked. */
    Set<StreamId> among(Connection connection, Collection<StreamId> streams) throws SQLException {
        try (var select =
                connection.prepareStatement(
                        """
                        SELECT stream_id FROM parked_aggregate
                        WHERE projection = ? AND stream_id = ANY (?)""")) {
            select.setString(1, projection);
            select.setArray(
                    2,
                    connection.createArrayOf(
                            "uuid", streams.stream().map(StreamId::value).toArray()));
            var parked = new HashSet<StreamId>();
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    parked.add(new StreamId(rows.getObject(1, UUID.class)));
                }
            }
            return parked;
        }
    }

    /** The partition whose events the parked aggregate waits for; null when it is not parked. */
    @Nullable Integer partitionOf(Connection connection, StreamId stream) throws SQLException {
        try (var select =
                connection.prepareStatement(
                        """
                        SELECT partition FROM parked_aggregate
                        WHERE projection = ? AND stream_id = ?""")) {
            select.setString(1, projection);
            select.setObject(2, stream.value());
            try (var rows = select.executeQuery()) {
                return rows.next() ? rows.getInt(1) : null;
            }
        }
    }

    /** Puts records aside; the aggregates that they belong to are parked from here on. */
    void add(Connection connection, List<Dead> dead) throws SQLException {
        if (dead.isEmpty()) {
            return;
        }
        try (var insert =
                connection.prepareStatement(
                        """
                        INSERT INTO dead_event (projection, topic, partition, record_offset, stream_id,
                            stream_version, reason, record_key, header_names, header_values, payload,
                            received_at)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, now())
                        ON CONFLICT (projection, topic, partition, record_offset) DO UPDATE
                        SET stream_id = excluded.stream_id, stream_version = excluded.stream_version,
                            reason = excluded.reason, record_key = excluded.record_key,
                            header_names = excluded.header_names,
                            header_values = excluded.header_values, payload = excluded.payload""")) {
            for (var d : dead) {
                bind(insert, d);
                insert.addBatch();
            }
            insert.executeBatch();
        }
        var queues = new LinkedHashMap<StreamId, List<Dead>>();
        for (var d : dead) {
            var stream = d.delivery().stream();
            if (stream != null) {
                queues.computeIfAbsent(stream, s -> new ArrayList<>()).add(d);
            }
        }
        for (var queue : queues.entrySet()) {
            park(connection, queue.getKey(), queue.getValue());
        }
    }

    private void bind(PreparedStatement insert, Dead dead) throws SQLException {
        var delivery = dead.delivery();
        var stream = delivery.stream();
        var stored = StoredRecord.of(delivery);
        insert.setString(1, projection);
        insert.setString(2, delivery.kafka().topic());
        insert.setInt(3, delivery.kafka().partition());
        insert.setLong(4, delivery.kafka().offset());
        insert.setObject(5, stream == null ? null : stream.value());
        insert.setLong(6, stored.version());
        insert.setString(7, dead.reason());
        insert.setBytes(8, delivery.kafka().key());
        insert.setObject(9, stored.headerNames());
        insert.setObject(10, stored.headerValues());
        insert.setBytes(11, delivery.kafka().value());
    }

    private void park(Connection connection, StreamId stream, List<Dead> dead) throws SQLException {
        try (var upsert =
                connection.prepareStatement(
                        """
                        INSERT INTO parked_aggregate AS p (projection, stream_id, topic, partition,
                            first_offset, reason, queued, parked_at)
                        VALUES (?, ?, ?, ?, ?, ?, ?, now())
                        ON CONFLICT (projection, stream_id)
                        DO UPDATE SET queued = p.queued + excluded.queued""")) {
            var first = dead.getFirst();
            upsert.setString(1, projection);
            upsert.setObject(2, stream.value());
            upsert.setString(3, first.delivery().kafka().topic());
            upsert.setInt(4, first.delivery().kafka().partition());
            upsert.setLong(5, first.delivery().kafka().offset());
            upsert.setString(6, first.reason());
            upsert.setLong(7, dead.size());
            upsert.executeUpdate();
        }
    }

    /** The next records of an aggregate's queue, lowest version first. */
    List<StoredRecord> queue(
            Connection connection, StreamId stream, StoredRecord.Place after, int limit)
            throws SQLException {
        try (var select =
                connection.prepareStatement(
                        """
                        SELECT topic, partition, record_offset, stream_version, record_key,
                            header_names, header_values, payload
                        FROM dead_event
                        WHERE projection = ? AND stream_id = ?
                          AND (stream_version, partition, record_offset) > (?, ?, ?)
                        ORDER BY stream_version, partition, record_offset LIMIT ?""")) {
            select.setString(1, projection);
            select.setObject(2, stream.value());
            select.setLong(3, after.version());
            select.setInt(4, after.partition());
            select.setLong(5, after.offset());
            select.setInt(6, limit);
            var page = new ArrayList<StoredRecord>();
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    page.add(StoredRecord.from(rows));
                }
            }
            return page;
        }
    }

    /** Takes the records of a page out of the queue, but for those that are still dead. */
    void remove(Connection connection, List<StoredRecord> page, List<Dead> dead)
            throws SQLException {
        var waiting = dead.stream().map(d -> d.delivery().kafka()).collect(Collectors.toSet());
        try (var delete =
                connection.prepareStatement(
                        """
                        DELETE FROM dead_event
                        WHERE projection = ? AND topic = ? AND partition = ? AND record_offset = ?""")) {
            for (var stored : page) {
                if (!waiting.contains(stored.kafka())) {
                    delete.setString(1, projection);
                    delete.setString(2, stored.kafka().topic());
                    delete.setInt(3, stored.kafka().partition());
                    delete.setLong(4, stored.kafka().offset());
                    delete.addBatch();
                }
            }
            delete.executeBatch();
        }
    }

    /**
     * Forgets an aggregate's nameless records from before the event that was applied last: since
     * versions have no gaps, nothing that they might have been is missing.
     */
    void removeNameless(Connection connection, StreamId stream, long before) throws SQLException {
        try (var delete =
                connection.prepareStatement(
                        """
                        DELETE FROM dead_event
                        WHERE projection = ? AND stream_id = ? AND stream_version = 0
                          AND record_offset < ?""")) {
            delete.setString(1, projection);
            delete.setObject(2, stream.value());
            delete.setLong(3, before);
            delete.executeUpdate();
        }
    }

    /**
     * Lets the aggregate go if nothing waits any more.
     *
     * @param reason why the first of those that still wait could not be applied
     * @return how many records still wait
     */
    long settle(Connection connection, StreamId stream, @Nullable String reason)
            throws SQLException {
        try (var update =
                        connection.prepareStatement(
                                """
                                UPDATE parked_aggregate p
                                SET queued = d.queued, reason = coalesce(?, p.reason),
                                    first_offset = coalesce(d.first_offset, p.first_offset)
                                FROM (SELECT count(*) AS queued, min(record_offset) AS first_offset
                                      FROM dead_event WHERE projection = ? AND stream_id = ?) d
                                WHERE p.projection = ? AND p.stream_id = ?
                                RETURNING p.queued""");
                var delete =
                        connection.prepareStatement(
                                """
                                DELETE FROM parked_aggregate
                                WHERE projection = ? AND stream_id = ? AND queued = 0""")) {
            update.setString(1, reason);
            update.setString(2, projection);
            update.setObject(3, stream.value());
            update.setString(4, projection);
            update.setObject(5, stream.value());
            delete.setString(1, projection);
            delete.setObject(2, stream.value());
            try (var rows = update.executeQuery()) {
                long queued = rows.next() ? rows.getLong(1) : 0;
                delete.executeUpdate();
                return queued;
            }
        }
    }
}
