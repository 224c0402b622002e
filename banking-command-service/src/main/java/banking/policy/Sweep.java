package banking.policy;

import banking.database.Statements;
import banking.database.Transactions;
import banking.events.CommandId;
import banking.events.StreamId;
import banking.events.codec.WrittenEvent;
import banking.journal.EventRows;
import banking.journal.EventRows.TimePlace;
import banking.pipeline.CommandPipeline;
import banking.policy.ParkedMatters.Place;
import banking.policy.ParkedMatters.Stop;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Looks through the journal for events that a policy should have reacted to long since, and has
 * not: its place in Kafka was lost, or the record was. The journal is the truth. Each event is
 * looked at once, so where all is well this costs next to nothing.
 */
final class Sweep {

    private static final Logger LOG = Logger.getLogger(Sweep.class);
    private static final int PAGE = 500;

    /** So that no turn takes long; the next goes on from there. */
    private static final int PAGES_A_TURN = 100;

    private static final StreamId BEFORE_ALL = new StreamId(new UUID(0, 0));

    private final Reactions reactions;
    private final Transactions transactions;
    private final CommandPipeline pipeline;
    private final Clock clock;
    private Instant next;

    Sweep(Reactions reactions, CommandPipeline pipeline, Clock clock) {
        this.reactions = reactions;
        transactions = reactions.transactions();
        this.pipeline = pipeline;
        this.clock = clock;
        next = clock.instant();
    }

    /** Looks a turn further where it is time to, and no other process does. */
    void whenDue() throws SQLException {
        var now = clock.instant();
        // What the journal lacks would be passed over for good.
        if (now.isBefore(next) || pipeline.isBehind()) {
            return;
        }
        next = now.plus(reactions.config().sweepEvery());
        var swept = lease();
        if (swept.isPresent()) {
            var until = now.minus(reactions.config().overdueAfter());
            release(sweep(swept.get(), until));
        }
    }

    /**
     * @return up to when all events were looked at
     */
    private Instant sweep(Instant from, Instant until) throws SQLException {
        var place = new TimePlace(from, BEFORE_ALL, 0);
        for (int pages = 0; pages < PAGES_A_TURN; pages++) {
            var after = place;
            var page =
                    transactions.single(
                            s -> EventRows.after(s, reactions.types(), after, until, PAGE));
            parkOverlooked(page);
            if (page.size() < PAGE) {
                return until;
            }
            var last = page.getLast();
            place = new TimePlace(last.occurredAt(), last.streamId(), last.version());
        }
        return place.occurredAt();
    }

    private void parkOverlooked(List<WrittenEvent> events) throws SQLException {
        var commands = new LinkedHashMap<WrittenEvent, List<CommandId>>();
        events.forEach(event -> commands.put(event, reactions.commands(event)));
        var processed = reactions.processed(commands);
        var places =
                events.stream()
                        .filter(event -> !processed.containsAll(commands.get(event)))
                        .map(event -> new Place(reactions.matter(event), event.version()))
                        .toList();
        if (places.isEmpty()) {
            return;
        }
        int overlooked = transactions.commit(s -> park(s, places));
        if (overlooked > 0) {
            LOG.warnf("%s had overlooked %d matters", reactions.name(), overlooked);
        }
    }

    private int park(Statements statements, List<Place> places) throws SQLException {
        var known = ParkedMatters.extend(statements, reactions.name(), places);
        var stops = new LinkedHashMap<Matter, Stop>();
        for (var place : places) {
            if (!known.contains(place)) {
                stops.merge(place.matter(), stop(place, place), Sweep::join);
            }
        }
        return stops.isEmpty()
                ? 0
                : ParkedMatters.park(statements, reactions.name(), List.copyOf(stops.values()), 0);
    }

    private static Stop join(Stop first, Stop last) {
        return new Stop(first.since(), last.until(), first.reason(), first.retryIn());
    }

    private static Stop stop(Place since, Place until) {
        return new Stop(since, until.version(), "It was overlooked.", Duration.ZERO);
    }

    /**
     * @return up to when the journal was looked through; empty where another process is at it
     */
    private Optional<Instant> lease() throws SQLException {
        var sql =
                """
                insert into policy_sweep as s (policy, swept_until, leased_until)
                values (?, timestamptz 'epoch', now() + ? * interval '1 millisecond')
                on conflict on constraint policy_sweeps do update
                set leased_until = excluded.leased_until where s.leased_until <= now()
                returning swept_until""";
        var lease = reactions.config().lease();
        return transactions.single(
                s ->
                        s.write(sql, reactions.name(), lease.toMillis())
                                .find(row -> row.getObject(1, OffsetDateTime.class).toInstant()));
    }

    private void release(Instant sweptUntil) throws SQLException {
        var sql = "update policy_sweep set swept_until = ?, leased_until = now() where policy = ?";
        transactions.single(
                s -> s.write(sql, sweptUntil.atOffset(ZoneOffset.UTC), reactions.name()).run());
    }
}
