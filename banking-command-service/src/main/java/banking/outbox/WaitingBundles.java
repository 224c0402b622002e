package banking.outbox;

import banking.database.Statements;
import banking.events.codec.RecordedEvent;
import banking.journal.EventColumns;
import banking.outbox.Outbox.Bundle;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The relay's statements about the outbox, each of them a transaction of its own. */
final class WaitingBundles {

    private WaitingBundles() {}

    /**
     * A bundle of events that waits.
     *
     * @param row where the row lies, which finds it without a search
     * @param position what names it, wherever it lies; rows are never updated
     * @param since when it was written
     * @param refused those of its streams that have a refused event before these
     * @param server when the server was started that has it
     */
    record Waiting(
            String row,
            long position,
            Bundle bundle,
            int events,
            Instant since,
            Set<UUID> refused,
            long server) {

        /** Such a row has no event, and only goes the way of those that have. */
        boolean isHeartbeat() {
            return events == 0;
        }
    }

    /**
     * The oldest rows of each shard, in order.
     *
     * @param eventsPerShard where it ends, after one row at the least
     */
    static List<Waiting> oldest(
            Statements statements, Collection<Integer> shards, int eventsPerShard)
            throws SQLException {
        // Rows without an event are few, so there are hardly more rows than events; what does not
        // fit in ends its shard's turn. Whether any stream is refused is asked once, and mostly
        // that is
        // all.
        return statements
                .write(
                        """
                        select o.ctid, o.position, o.batch, o.shard, o.events,
                            (1000 * extract(epoch from o.since))::bigint,
                            case when (select exists (select from refused_stream)) then array(
                                select r.stream_id from refused_stream r
                                where r.stream_id = any (o.streams)) end,
                            {server}
                        from unnest(?::smallint[]) s (shard)
                        cross join lateral (
                            select ctid, *, sum(events) over (order by position) as sum
                            from outbox where outbox.shard = s.shard order by position limit ?) o
                        where o.sum <= ? or o.sum = o.events
                        order by o.shard, o.position"""
                                .replace("{server}", LogMarks.SERVER))
                .add("int4", shards, shard -> shard)
                .add(eventsPerShard)
                .add(eventsPerShard)
                .query(WaitingBundles::waiting);
    }

    private static Waiting waiting(ResultSet row) throws SQLException {
        return new Waiting(
                row.getString(1),
                row.getLong(2),
                new Bundle(row.getObject(3, UUID.class), row.getInt(4)),
                row.getInt(5),
                Instant.ofEpochMilli(row.getLong(6)),
                ids(row.getArray(7)),
                row.getLong(8));
    }

    private static Set<UUID> ids(@Nullable Array array) throws SQLException {
        return array == null ? Set.of() : Set.copyOf(Arrays.asList((UUID[]) array.getArray()));
    }

    /** The bundles' events from the journal, those of each stream in their order. */
    static Map<Bundle, List<RecordedEvent>> read(Statements statements, List<Waiting> waiting)
            throws SQLException {
        var events = new HashMap<Bundle, List<RecordedEvent>>();
        waiting.forEach(row -> events.put(row.bundle(), new ArrayList<>()));
        statements.write(
                """
                select o.batch, o.shard, {columns}
                from outbox o
                cross join lateral unnest(o.streams, o.firsts, o.lasts) r (stream_id, first, last)
                join event e on e.stream_id = r.stream_id and e.version between r.first and r.last
                where o.ctid = any (?::tid[]) and o.position = any (?)
                order by e.stream_id, e.version"""
                        .replace("{columns}", EventColumns.recorded("e")));
        add(statements, waiting)
                .each(
                        row ->
                                events.computeIfAbsent(
                                                new Bundle(
                                                        row.getObject(1, UUID.class),
                                                        row.getInt(2)),
                                                _ -> new ArrayList<>())
                                        .add(EventColumns.readRecorded(row)));
        return events;
    }

    /**
     * Takes out what is published, where the shards are still the relay's, which then has them for
     * longer. A row is found by its place; that it is the same row says its position.
     *
     * @return the shards that are still the relay's: of the others nothing was taken out
     */
    static Set<Integer> delete(Statements statements, ShardLeases leases, List<Waiting> published)
            throws SQLException {
        leases.renew(
                statements,
                """
                with mine as ({renew}),
                gone as (
                    delete from outbox where ctid = any (?::tid[]) and position = any (?)
                        and shard in (select shard from mine))
                select shard from mine""");
        return leases.renewed(add(statements, published));
    }

    private static Statements add(Statements statements, List<Waiting> rows) throws SQLException {
        return statements.add("text", rows, Waiting::row).addLongs(rows, Waiting::position);
    }
}
