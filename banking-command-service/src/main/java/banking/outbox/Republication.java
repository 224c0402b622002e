package banking.outbox;

import static banking.outbox.WaitingBundles.array;

import banking.database.Transactions;
import banking.events.StreamId;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Publishes events again, out of the journal. They are put into the outbox a page at a time, behind
 * what waits there already, and the relay does the rest; whoever knows them skips them. A page is
 * one transaction, so nothing is lost by going on after any of them, or by doing one twice.
 */
@ApplicationScoped
public class Republication {

    private static final int PAGE = 1000;
    private static final Duration ENOUGH = Duration.ofSeconds(5);
    private static final UUID FIRST = new UUID(0, 0);
    private static final UUID LAST = new UUID(-1, -1);

    private final Transactions transactions;
    private final Outbox outbox;
    private final OutboxConfig config;

    Republication(Transactions transactions, Outbox outbox, OutboxConfig config) {
        this.transactions = transactions;
        this.outbox = outbox;
        this.config = config;
    }

    /**
     * Which events; what is null does not restrict.
     *
     * @param from when they happened at the earliest
     * @param to before when they happened
     */
    public record Selection(
            @Nullable StreamId stream, @Nullable Instant from, @Nullable Instant to) {}

    /** A place in the journal: behind an event. */
    public record Place(StreamId stream, long version) {

        /**
         * @param text as {@link #toString} gives it
         */
        public static Place parse(String text) {
            var colon = text.indexOf(':');
            return new Place(
                    StreamId.fromString(text.substring(0, colon)),
                    Long.parseLong(text.substring(colon + 1)));
        }

        @Override
        public String toString() {
            return stream + ":" + version;
        }
    }

    /**
     * @param events how many were put into the outbox
     * @param next where to go on; null at the end
     */
    public record Progress(long events, @Nullable Place next) {}

    /**
     * Goes on for a few seconds at the most.
     *
     * @param after where to begin; null for the beginning
     * @return empty where nothing was done, because what is new waits itself
     */
    public Optional<Progress> publish(Selection selection, @Nullable Place after)
            throws SQLException, InterruptedException {
        var stopAt = System.nanoTime() + ENOUGH.toNanos();
        Optional<Progress> done = Optional.empty();
        var place = after == null ? beginning(selection) : after;
        while (place != null && System.nanoTime() - stopAt < 0) {
            var nextAt = System.nanoTime() + config.republishPace().toNanos();
            var from = place;
            var before = done.map(Progress::events).orElse(0L);
            var page = transactions.commit(c -> page(c, selection, from, before));
            if (page.isPresent()) {
                done = page;
                place = page.get().next();
                outbox.wake();
            }
            if (place != null) {
                TimeUnit.NANOSECONDS.sleep(Math.max(0, nextAt - System.nanoTime()));
            }
        }
        return done;
    }

    private static Place beginning(Selection selection) {
        var stream = selection.stream();
        return new Place(stream == null ? new StreamId(FIRST) : stream, 0);
    }

    private static Optional<Progress> page(
            Connection transaction, Selection selection, Place after, long before)
            throws SQLException {
        if (waiting(transaction) >= PAGE) {
            return Optional.empty();
        }
        var runs = new LinkedHashMap<StreamId, Run>();
        var last = read(transaction, selection, after, runs);
        write(transaction, List.copyOf(runs.values()));
        var events = runs.values().stream().mapToLong(Run::events).sum();
        return Optional.of(new Progress(before + events, last));
    }

    private static long waiting(Connection transaction) throws SQLException {
        var sql =
                """
                select coalesce(sum(events), 0)
                from (select events from outbox order by shard, position limit {page}) waiting"""
                        .replace("{page}", "" + PAGE);
        try (var query = transaction.prepareStatement(sql);
                var rows = query.executeQuery()) {
            rows.next();
            return rows.getLong(1);
        }
    }

    /** The versions of a stream that are to be published again. */
    private record Run(StreamId stream, long first, long last) {

        private long events() {
            return last - first + 1;
        }
    }

    /**
     * Goes through the journal in its own order, which needs no index but the one it has.
     *
     * @return where the page ends; null where that is the end of all
     */
    private static @Nullable Place read(
            Connection transaction, Selection selection, Place after, Map<StreamId, Run> runs)
            throws SQLException {
        var sql =
                """
                select stream_id, version, occurred_at >= ? and occurred_at < ?
                from event where (stream_id, version) > (?, ?) and stream_id <= ?
                order by stream_id, version limit\s"""
                        + PAGE;
        var stream = selection.stream();
        try (var query = transaction.prepareStatement(sql)) {
            query.setObject(1, time(selection.from(), OffsetDateTime.MIN));
            query.setObject(2, time(selection.to(), OffsetDateTime.MAX));
            query.setObject(3, after.stream().value());
            query.setLong(4, after.version());
            query.setObject(5, stream == null ? LAST : stream.value());
            try (var rows = query.executeQuery()) {
                var read = 0;
                var last = after;
                while (rows.next()) {
                    read++;
                    last = new Place(new StreamId(rows.getObject(1, UUID.class)), rows.getLong(2));
                    if (rows.getBoolean(3)) {
                        var run = new Run(last.stream(), last.version(), last.version());
                        runs.merge(
                                last.stream(),
                                run,
                                (before, next) ->
                                        new Run(run.stream(), before.first(), next.last()));
                    }
                }
                return read < PAGE ? null : last;
            }
        }
    }

    private static OffsetDateTime time(@Nullable Instant instant, OffsetDateTime otherwise) {
        return instant == null ? otherwise : instant.atOffset(ZoneOffset.UTC);
    }

    private static void write(Connection transaction, List<Run> runs) throws SQLException {
        var sql =
                """
                insert into outbox (shard, batch, streams, firsts, lasts, events)
                select shard, ?, array_agg(stream_id), array_agg(first), array_agg(last),
                    sum(last - first + 1)
                from unnest(?::integer[], ?::uuid[], ?::bigint[], ?::bigint[])
                    r (shard, stream_id, first, last)
                group by shard""";
        try (var insert = transaction.prepareStatement(sql)) {
            insert.setObject(1, UUID.randomUUID());
            insert.setArray(2, array(transaction, "int4", runs, r -> Outbox.shard(r.stream())));
            insert.setArray(3, array(transaction, "uuid", runs, r -> r.stream().value()));
            insert.setArray(4, array(transaction, "int8", runs, Run::first));
            insert.setArray(5, array(transaction, "int8", runs, Run::last));
            insert.executeUpdate();
        }
    }
}
