package banking.outbox;

import banking.database.Statements;
import banking.database.Transactions;
import banking.events.StreamId;
import banking.outbox.Outbox.Run;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
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
            var page = transactions.commit(s -> page(s, selection, from, before));
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
            Statements statements, Selection selection, Place after, long before)
            throws SQLException {
        if (waiting(statements) >= PAGE) {
            return Optional.empty();
        }
        var read = read(statements, selection, after);
        var runs = new LinkedHashMap<StreamId, Run>();
        for (var found : read) {
            if (found.isWanted) {
                var place = found.place;
                var run = new Run(place.stream, place.version, place.version);
                runs.merge(
                        place.stream,
                        run,
                        (first, last) -> new Run(place.stream, first.first(), last.last()));
            }
        }
        Outbox.addRuns(statements, UUID.randomUUID(), runs.values());
        var events = runs.values().stream().mapToLong(Run::events).sum();
        var next = read.size() < PAGE ? null : read.getLast().place;
        return Optional.of(new Progress(before + events, next));
    }

    /** How many events wait, up to a page of them. */
    static long waiting(Statements statements) throws SQLException {
        var sql =
                """
                select coalesce(sum(events), 0) from (
                    select events from outbox order by shard, position limit ?) waiting""";
        return statements.write(sql, PAGE).find(row -> row.getLong(1)).orElseThrow();
    }

    private record Found(Place place, boolean isWanted) {}

    /** Goes through the journal in its own order, which needs no index but the one it has. */
    private static List<Found> read(Statements statements, Selection selection, Place after)
            throws SQLException {
        var stream = selection.stream();
        var sql =
                """
                select stream_id, version, occurred_at >= ? and occurred_at < ?
                from event where (stream_id, version) > (?, ?) and stream_id <= ?
                order by stream_id, version limit ?""";
        return statements
                .write(
                        sql,
                        time(selection.from(), OffsetDateTime.MIN),
                        time(selection.to(), OffsetDateTime.MAX),
                        after.stream().value(),
                        after.version(),
                        stream == null ? LAST : stream.value(),
                        PAGE)
                .query(Republication::found);
    }

    private static Found found(ResultSet row) throws SQLException {
        var stream = new StreamId(row.getObject(1, UUID.class));
        return new Found(new Place(stream, row.getLong(2)), row.getBoolean(3));
    }

    private static OffsetDateTime time(@Nullable Instant instant, OffsetDateTime otherwise) {
        return instant == null ? otherwise : instant.atOffset(ZoneOffset.UTC);
    }
}
