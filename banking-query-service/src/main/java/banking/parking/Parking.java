package banking.parking;

import banking.events.StreamId;
import banking.tables.Statements;
import banking.tables.ViewTable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/** The aggregates of one projection that wait, with the records that wait in their queues. */
public record Parking(String projection) {

    public List<StreamId> among(Statements statements, Collection<StreamId> streams)
            throws SQLException {
        return statements
                .write(
                        """
                        SELECT stream_id FROM parked_aggregate
                        WHERE projection = ? AND stream_id = ANY (?)""")
                .add(projection)
                .add("uuid", streams, StreamId::value)
                .query(row -> new StreamId(ViewTable.uuid(row, "stream_id")));
    }

    /** The aggregates whose queue was too long to be tried in one transaction. */
    public List<StreamId> unfinished(Statements statements) throws SQLException {
        return statements
                .write("SELECT stream_id FROM parked_aggregate WHERE projection = ? AND unfinished")
                .add(projection)
                .query(row -> new StreamId(ViewTable.uuid(row, "stream_id")));
    }

    /** The partition whose events the parked aggregate waits for; none when it is not parked. */
    public Optional<Integer> partitionOf(Statements statements, StreamId stream)
            throws SQLException {
        return statements
                .write(
                        """
                        SELECT partition FROM parked_aggregate
                        WHERE projection = ? AND stream_id = ?""")
                .add(projection)
                .add(stream.value())
                .query(row -> row.getInt(1))
                .stream()
                .findFirst();
    }

    /** Puts records aside; the aggregates that they belong to are parked from here on. */
    public void add(Statements statements, List<Dead> dead) throws SQLException {
        if (dead.isEmpty()) {
            return;
        }
        var connection = statements.connection();
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
}
