package banking.parking;

import banking.database.Statements;
import banking.database.ViewTable;
import banking.events.StreamId;
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
        var sql =
                """
                select stream_id from parked_aggregate
                where projection = ? and stream_id = any (?)""";
        return statements
                .write(sql, projection)
                .add("uuid", streams, StreamId::value)
                .query(row -> new StreamId(ViewTable.uuid(row, "stream_id")));
    }

    /** An aggregate of a projection whose queue was too long to be tried in one transaction. */
    public record Unfinished(String projection, StreamId stream) {}

    /** Those of all projections, in one trip. */
    public static List<Unfinished> unfinished(Statements statements) throws SQLException {
        return statements
                .write("select projection, stream_id from parked_aggregate where unfinished")
                .query(
                        row ->
                                new Unfinished(
                                        row.getString("projection"),
                                        new StreamId(ViewTable.uuid(row, "stream_id"))));
    }

    /** The partition whose events the parked aggregate waits for; none when it is not parked. */
    public Optional<Integer> partitionOf(Statements statements, StreamId stream)
            throws SQLException {
        var sql =
                """
                select partition from parked_aggregate
                where projection = ? and stream_id = ?""";
        return statements.write(sql, projection, stream.value()).find(row -> row.getInt(1));
    }

    /** Puts records aside; the aggregates that they belong to are parked from here on. */
    public void add(Statements statements, List<Dead> dead) throws SQLException {
        if (dead.isEmpty()) {
            return;
        }
        addRecords(statements, dead);
        var queues = new LinkedHashMap<StreamId, List<Dead>>();
        for (var each : dead) {
            var stream = each.delivery().stream();
            if (stream != null) {
                queues.computeIfAbsent(stream, _ -> new ArrayList<>()).add(each);
            }
        }
        addQueues(statements, List.copyOf(queues.values()));
    }

    private void addRecords(Statements statements, List<Dead> dead) throws SQLException {
        var stored = dead.stream().map(each -> StoredRecord.of(each.delivery())).toList();
        var sql =
                """
                insert into dead_event (projection, topic, partition, record_offset,
                    stream_id, stream_version, reason, record_key, header_names,
                    header_values, payload, received_at)
                select ?, topic, partition, record_offset, stream, version, reason, key,
                    header_names::bytea[], header_values::bytea[], payload, now()
                from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?) as d (topic, partition,
                    record_offset, stream, version, reason, key, header_names,
                    header_values, payload)
                on conflict (projection, topic, partition, record_offset) do update
                set stream_id = excluded.stream_id,
                    stream_version = excluded.stream_version,
                    reason = excluded.reason, record_key = excluded.record_key,
                    header_names = excluded.header_names,
                    header_values = excluded.header_values, payload = excluded.payload""";
        statements
                .write(sql, projection)
                .add("text", stored, s -> s.kafka().topic())
                .add("int4", stored, s -> s.kafka().partition())
                .addLongs(stored, s -> s.kafka().offset())
                .add("uuid", dead, d -> d.delivery().stream())
                .addLongs(stored, StoredRecord::version)
                .add("text", dead, Dead::reason)
                .add("bytea", stored, s -> s.kafka().key())
                .add("text", stored, StoredRecord::headerNames)
                .add("text", stored, StoredRecord::headerValues)
                .add("bytea", stored, s -> s.kafka().value());
    }

    private void addQueues(Statements statements, List<List<Dead>> queues) throws SQLException {
        var first = queues.stream().map(List::getFirst).toList();
        var sql =
                """
                insert into parked_aggregate as p (projection, stream_id, topic, partition,
                    first_offset, reason, queued, parked_at)
                select ?, stream, topic, partition, first_offset, reason, queued, now()
                from unnest(?, ?, ?, ?, ?, ?) as q (stream, topic, partition, first_offset,
                    reason, queued)
                on conflict (projection, stream_id)
                do update set queued = p.queued + excluded.queued""";
        statements
                .write(sql, projection)
                .add("uuid", first, d -> d.delivery().stream())
                .add("text", first, d -> d.delivery().kafka().topic())
                .add("int4", first, d -> d.delivery().kafka().partition())
                .addLongs(first, d -> d.delivery().kafka().offset())
                .add("text", first, Dead::reason)
                .addLongs(queues, List::size);
    }
}
