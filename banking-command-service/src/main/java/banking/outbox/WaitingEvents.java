package banking.outbox;

import banking.events.codec.WrittenEvent;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

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
                select o.ctid, %s
                from unnest(?::smallint[]) s (shard)
                cross join lateral (
                    select ctid, * from outbox where outbox.shard = s.shard order by position limit ?) o
                join event e on e.stream_id = o.stream_id and e.version = o.version
                order by o.shard, o.position"""
                        .formatted(EventColumns.of("e"));
        try (var query = transaction.prepareStatement(sql)) {
            query.setArray(1, transaction.createArrayOf("int4", shards.toArray(Integer[]::new)));
            query.setInt(2, rowsPerShard);
            try (var rows = query.executeQuery()) {
                var waiting = new ArrayList<Waiting>();
                while (rows.next()) {
                    waiting.add(new Waiting(rows.getString(1), EventColumns.read(rows, 2)));
                }
                return waiting;
            }
        }
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
