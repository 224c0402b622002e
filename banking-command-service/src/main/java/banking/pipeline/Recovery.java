package banking.pipeline;

import banking.aggregate.AggregateType;
import banking.database.Statements;
import banking.database.Transactions;
import banking.events.StreamId;
import banking.events.codec.ChainKeys;
import banking.events.codec.EventCodec;
import banking.events.codec.RecordedEvent;
import banking.events.codec.Sha256;
import banking.journal.CustomerKeys;
import banking.journal.JournalLookup;
import banking.journal.JournalLookup.IfLocked;
import banking.journal.LostEvents;
import banking.journal.LostEvents.Lost;
import banking.journal.LostEvents.Recovered;
import banking.outbox.JournalWatch;
import banking.outbox.LogMarks;
import banking.outbox.LogTail;
import io.quarkus.arc.All;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * Gives the journal back what only the topics have, after its database was put back to an earlier
 * moment: each event was committed once, and its hash and the one before it travel with it. First
 * all events come back, a page at a time; then what follows from them is made again, stream by
 * stream. It may be cut short after any page, and goes on from there.
 */
@ApplicationScoped
public class Recovery {

    private static final Logger LOG = Logger.getLogger(Recovery.class);
    private static final Duration ENOUGH = Duration.ofSeconds(5);
    private static final int MOST_SHOWN = 100;

    private final Transactions transactions;
    private final JournalWatch watch;
    private final RecoveredStreams streams;
    private final ChainKeys keys;
    private final List<AggregateType<?, ?, ?>> types;

    Recovery(
            Transactions transactions,
            JournalWatch watch,
            RecoveredStreams streams,
            ChainKeys keys,
            @All List<AggregateType<?, ?, ?>> types) {
        this.transactions = transactions;
        this.watch = watch;
        this.streams = streams;
        this.keys = keys;
        this.types = types;
    }

    /**
     * @param lost some of what the journal lacks
     * @param count how many of them were seen
     * @param isAll whether all of the topics was looked at
     */
    public record Look(List<Lost> lost, long count, boolean isAll) {}

    /**
     * @param events how many were given back
     * @param streams how many have been made anew
     * @param unfit what neither fits into its stream nor was to be passed over
     * @param isDone whether nothing is left to do
     */
    public record Progress(long events, long streams, List<Lost> unfit, boolean isDone) {}

    /** Looks for a few seconds at the most at what the journal lacks, and changes nothing. */
    public Look look() throws SQLException {
        var stopAt = System.nanoTime() + ENOUGH.toNanos();
        var shown = new ArrayList<Lost>();
        long count = 0;
        try (var tail = watch.tail()) {
            for (var page = tail.next(); page != null; page = tail.next()) {
                var events = page.events();
                var lost = transactions.single(s -> LostEvents.among(s, keys, events));
                lost.stream().limit(MOST_SHOWN - shown.size()).forEach(shown::add);
                count += lost.size();
                if (System.nanoTime() - stopAt > 0) {
                    return new Look(shown, count, false);
                }
            }
        }
        return new Look(shown, count, true);
    }

    /**
     * Goes on for a few seconds at the most.
     *
     * @param passedOver the ids of events that stay out, since somebody else has written them
     */
    public Progress recover(Set<String> passedOver) throws SQLException {
        var stopAt = System.nanoTime() + ENOUGH.toNanos();
        long events = 0;
        try (var tail = watch.tail()) {
            for (var page = tail.next(); page != null; page = tail.next()) {
                var read = page;
                var taken = transactions.commit(s -> giveBack(s, read, passedOver));
                events += taken.events;
                if (!taken.unfit.isEmpty()) {
                    return new Progress(events, 0, taken.unfit, false);
                }
                if (System.nanoTime() - stopAt > 0) {
                    return new Progress(events, 0, List.of(), false);
                }
            }
        }
        giveKeysBack();
        long made = 0;
        var more = true;
        while (more && System.nanoTime() - stopAt < 0) {
            var page = transactions.commit(streams::makeAnew);
            made += page;
            more = page > 0;
        }
        if (!more) {
            watch.lookAtOnce();
        }
        LOG.infof("%d events were given back to the journal, %d streams made anew", events, made);
        return new Progress(events, made, List.of(), !more);
    }

    /** Without them nobody could say who the customers are whose events have come back. */
    private void giveKeysBack() throws SQLException {
        try (var tail = watch.keys()) {
            for (var page = tail.next(); page != null; page = tail.next()) {
                var published = page;
                transactions.commit(s -> CustomerKeys.giveBack(s, published));
            }
        }
    }

    private record Taken(long events, List<Lost> unfit) {}

    private Taken giveBack(Statements statements, LogTail.Page page, Set<String> passedOver)
            throws SQLException {
        LostEvents.takeTurn(statements);
        var unfit = new ArrayList<Lost>();
        var lost = new LinkedHashMap<StreamId, List<RecordedEvent>>();
        for (var each : LostEvents.among(statements, keys, page.events())) {
            var event = each.event();
            if (each.isDifferent()) {
                unfit.add(each);
            } else {
                lost.computeIfAbsent(event.streamId(), _ -> new ArrayList<>()).add(event);
            }
        }
        unfit.removeIf(each -> isAmong(passedOver, each.event()));
        lost.values().forEach(events -> events.removeIf(event -> isAmong(passedOver, event)));
        var events = giveBack(statements, lost, unfit);
        if (unfit.isEmpty()) {
            LogMarks.move(statements, page.next());
        }
        return new Taken(events, unfit);
    }

    private static boolean isAmong(Set<String> ids, RecordedEvent event) {
        return ids.contains(event.event().id());
    }

    private long giveBack(
            Statements statements, Map<StreamId, List<RecordedEvent>> lost, List<Lost> unfit)
            throws SQLException {
        var events = new ArrayList<RecordedEvent>();
        var recovered = new ArrayList<Recovered>();
        var stored = JournalLookup.lock(statements, lost.keySet(), IfLocked.WAIT);
        for (var id : lost.keySet()) {
            var stands = stored.get(id);
            var above = stands == null ? 0 : stands.version();
            var hash = stands == null ? Sha256.NONE : stands.hash();
            var fitting = fitting(lost.getOrDefault(id, List.of()), above, hash, unfit);
            if (!fitting.isEmpty()) {
                events.addAll(fitting);
                var type = stands == null ? typeOf(fitting.getFirst()) : stands.type();
                recovered.add(new Recovered(id, type, above, fitting.getLast()));
            }
        }
        if (!events.isEmpty()) {
            LostEvents.giveBack(statements, events, recovered);
        }
        return events.size();
    }

    /**
     * The events that go on where the stream ends. One may have been published twice, or beside one
     * that somebody else has written; where one is missing, those behind it do not fit.
     */
    private static List<RecordedEvent> fitting(
            List<RecordedEvent> published, long version, Sha256 hash, List<Lost> unfit) {
        var fitting = new ArrayList<RecordedEvent>();
        var last = hash;
        for (var event :
                published.stream()
                        .distinct()
                        .sorted(Comparator.comparingLong(RecordedEvent::version))
                        .toList()) {
            var next = version + fitting.size() + 1;
            if (event.version() == next && event.previous().equals(last)) {
                fitting.add(event);
                last = event.hash();
            } else if (event.version() > next) {
                unfit.add(new Lost(event, false, false));
            }
        }
        return fitting;
    }

    private String typeOf(RecordedEvent first) {
        var event = EventCodec.STANDARD.read(first.event()).event();
        return types.stream()
                .filter(type -> type.isOf(event))
                .map(AggregateType::name)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no type has a " + event));
    }
}
