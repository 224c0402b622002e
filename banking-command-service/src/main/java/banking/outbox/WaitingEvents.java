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
     * @param row where the row lies; it stays there, since rows are never updated
     */
    record Waiting(String row, WrittenEvent event) {}

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
                select o.ctid, e.stream_id, e.version, e.type, e.schema_version,
                    e.payload, e.correlation_id, e.command_id, e.actor, e.occurred_at,
                    e.traceparent
                from unnest(?::smallint[]) s (shard)
                cross join lateral (
                    select ctid, * from outbox where outbox.shard = s.shard order by position limit ?) o
                join event e on e.stream_id = o.stream_id and e.version = o.version
                order by o.shard, o.position""";
        try (var query = transaction.prepareStatement(sql)) {
            query.setArray(1, transaction.createArrayOf("int4", shards.toArray(Integer[]::new)));
            query.setInt(2, rowsPerShard);
            try (var rows = query.executeQuery()) {
                var waiting = new ArrayList<Waiting>();
                while (rows.next()) {
                    waiting.add(new Waiting(rows.getString(1), event(rows)));
                }
                return waiting;
            }
        }
    }

    private static WrittenEvent event(ResultSet row) throws SQLException {
        return new WrittenEvent(
                new StreamId(row.getObject(2, UUID.class)),
                row.getLong(3),
                row.getString(4),
                row.getInt(5),
                row.getString(6),
                row.getString(7),
                new CommandId(row.getObject(8, UUID.class)),
                row.getString(9),
                row.getObject(10, OffsetDateTime.class).toInstant(),
                row.getString(11));
    }

    /**
     * Takes out what is published: all rows that {@link #lockOldest} gave, and no other. They are
     * found by their place, which costs no search at all.
     */
    static void delete(Connection transaction, List<Waiting> published) throws SQLException {
        var sql = "delete from outbox where ctid = any (?::tid[])";
        try (var delete = transaction.prepareStatement(sql)) {
            var rows = published.stream().map(Waiting::row).toArray(String[]::new);
            delete.setArray(1, transaction.createArrayOf("text", rows));
            delete.executeUpdate();
        }
    }
}
