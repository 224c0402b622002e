package banking.outbox;

import banking.events.codec.WrittenEvent;
import banking.outbox.Outbox.Bundle;
import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The relay's statements. All of them belong into one transaction, the relay's. */
final class WaitingBundles {

    private WaitingBundles() {}

    /**
     * A bundle of events that waits.
     *
     * @param row where the row lies; it stays there, since rows are never updated
     */
    record Waiting(String row, Bundle bundle, int events) {}

    /**
     * Locks every shard that has rows and no other relay, and reads the oldest rows of each, in
     * order. It is the shard that is locked and not the rows, so no second relay can overtake.
     *
     * @param eventsPerShard where it ends, after one row at the least
     */
    static List<Waiting> lockOldest(Connection transaction, int eventsPerShard)
            throws SQLException {
        var shards = lockShards(transaction);
        return shards.isEmpty() ? List.of() : oldest(transaction, shards, eventsPerShard);
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
            Connection transaction, List<Integer> shards, int eventsPerShard) throws SQLException {
        // No row is without an event, so there are never more rows than events.
        var sql =
                """
                select o.ctid, o.batch, o.shard, o.events
                from unnest(?::smallint[]) s (shard)
                cross join lateral (
                    select ctid, * from outbox where outbox.shard = s.shard order by position limit ?) o
                order by o.shard, o.position""";
        try (var query = transaction.prepareStatement(sql)) {
            query.setArray(1, transaction.createArrayOf("int4", shards.toArray(Integer[]::new)));
            query.setInt(2, eventsPerShard);
            try (var rows = query.executeQuery()) {
                var taken = new HashMap<Integer, Integer>();
                var waiting = new ArrayList<Waiting>();
                while (rows.next()) {
                    var shard = rows.getInt(3);
                    var events = rows.getInt(4);
                    // What does not fit in ends its shard's turn: nothing behind it may go first.
                    var sum = taken.merge(shard, events, Integer::sum);
                    if (sum == events || sum <= eventsPerShard) {
                        var bundle = new Bundle(rows.getObject(2, UUID.class), shard);
                        waiting.add(new Waiting(rows.getString(1), bundle, events));
                    }
                }
                return waiting;
            }
        }
    }

    /** The bundles' events from the journal, those of each stream in their order. */
    static Map<Bundle, List<WrittenEvent>> read(Connection transaction, List<Waiting> waiting)
            throws SQLException {
        var events = new HashMap<Bundle, List<WrittenEvent>>();
        if (waiting.isEmpty()) {
            return events;
        }
        var sql =
                """
                select o.batch, o.shard, {columns}
                from outbox o
                cross join lateral unnest(o.streams, o.firsts, o.lasts) r (stream_id, first, last)
                join event e on e.stream_id = r.stream_id and e.version between r.first and r.last
                where o.ctid = any (?::tid[])
                order by e.stream_id, e.version"""
                        .replace("{columns}", EventColumns.of("e"));
        try (var query = transaction.prepareStatement(sql)) {
            query.setArray(1, rows(transaction, waiting));
            try (var rows = query.executeQuery()) {
                while (rows.next()) {
                    var bundle = new Bundle(rows.getObject(1, UUID.class), rows.getInt(2));
                    events.computeIfAbsent(bundle, b -> new ArrayList<>())
                            .add(EventColumns.read(rows, 3));
                }
            }
        }
        return events;
    }

    /**
     * Takes out what is published: all rows that {@link #lockOldest} gave, and no other. They are
     * found by their place, which costs no search at all.
     */
    static void delete(Connection transaction, List<Waiting> published) throws SQLException {
        var sql = "delete from outbox where ctid = any (?::tid[])";
        try (var delete = transaction.prepareStatement(sql)) {
            delete.setArray(1, rows(transaction, published));
            delete.executeUpdate();
        }
    }

    private static Array rows(Connection transaction, List<Waiting> waiting) throws SQLException {
        return transaction.createArrayOf(
                "text", waiting.stream().map(Waiting::row).toArray(String[]::new));
    }
}
