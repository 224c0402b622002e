package banking.outbox;

import banking.events.CommandId;
import banking.events.StreamId;
import banking.events.codec.WrittenEvent;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** The relay's statements. All of them belong into one transaction, the relay's. */
final class WaitingEvents {

    private WaitingEvents() {}

    /**
     * An event and the row that says it waits.
     *
     * @param position within the shard
     */
    record Waiting(int shard, long position, WrittenEvent event) {}

    /**
     * Locks every shard that has rows and no other relay, and reads the oldest rows of each, in
     * order. It is the shard that is locked and not the rows, so no second relay can overtake.
     */
    static List<Waiting> lockOldest(Connection transaction, int rowsPerShard) throws SQLException {
        var shards = lockShards(transaction);
        return shards.isEmpty() ? List.of() : oldest(transaction, shards, rowsPerShard);
    }

    private static List<Integer> lockShards(Connection transaction) throws SQLException {
        var sql =
                """
                select shard from outbox_shard s
                where exists (select from outbox o where o.shard = s.shard)
                order by shard for update skip locked""";
        try (var query = transaction.prepareStatement(sql);
                var rows = query.executeQuery()) {
            var shards = new ArrayList<Integer>();
            while (rows.next()) {
                shards.add(rows.getInt(1));
            }
            return shards;
        }
    }

    private static List<Waiting> oldest(
            Connection transaction, List<Integer> shards, int rowsPerShard) throws SQLException {
        var sql =
                """
                select o.shard, o.position, e.stream_id, e.version, e.type, e.schema_version,
                    e.payload, e.correlation_id, e.command_id, e.actor, e.occurred_at,
                    e.traceparent
                from unnest(?::smallint[]) s (shard)
                cross join lateral (
                    select * from outbox where outbox.shard = s.shard order by position limit ?) o
                join event e on e.stream_id = o.stream_id and e.version = o.version
                order by o.shard, o.position""";
        try (var query = transaction.prepareStatement(sql)) {
            query.setArray(1, transaction.createArrayOf("int4", shards.toArray(Integer[]::new)));
            query.setInt(2, rowsPerShard);
            try (var rows = query.executeQuery()) {
                var waiting = new ArrayList<Waiting>();
                while (rows.next()) {
                    waiting.add(new Waiting(rows.getInt(1), rows.getLong(2), event(rows)));
                }
                return waiting;
            }
        }
    }

    private static WrittenEvent event(ResultSet row) throws SQLException {
        return new WrittenEvent(
                new StreamId(row.getObject(3, UUID.class)),
                row.getLong(4),
                row.getString(5),
                row.getInt(6),
                row.getString(7),
                row.getString(8),
                new CommandId(row.getObject(9, UUID.class)),
                row.getString(10),
                row.getObject(11, OffsetDateTime.class).toInstant(),
                row.getString(12));
    }

    /** Takes out what is published: all rows that {@link #lockOldest} gave, and no other. */
    static void delete(Connection transaction, List<Waiting> published) throws SQLException {
        var sql =
                """
                delete from outbox o using unnest(?::smallint[], ?::bigint[]) as p (shard, position)
                where o.shard = p.shard and o.position = p.position""";
        try (var delete = transaction.prepareStatement(sql)) {
            delete.setArray(
                    1,
                    transaction.createArrayOf(
                            "int4", published.stream().map(Waiting::shard).toArray()));
            delete.setArray(
                    2,
                    transaction.createArrayOf(
                            "int8", published.stream().map(Waiting::position).toArray()));
            delete.executeUpdate();
        }
    }
}
