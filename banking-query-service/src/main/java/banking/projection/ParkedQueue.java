package banking.projection;

import banking.events.StreamId;
import banking.projection.Round.Dead;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The records that wait behind one parked aggregate of one projection. */
record ParkedQueue(Connection connection, String projection, StreamId stream) {

    /** The next records, lowest version first. */
    List<StoredRecord> page(StoredRecord.Place after, int limit) throws SQLException {
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
    void remove(List<StoredRecord> page, List<Dead> dead) throws SQLException {
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
     * Forgets the nameless records from before the event that was applied last: since versions have
     * no gaps, nothing that they might have been is missing.
     */
    void removeNameless(long before) throws SQLException {
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
    long settle(@Nullable String reason) throws SQLException {
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
