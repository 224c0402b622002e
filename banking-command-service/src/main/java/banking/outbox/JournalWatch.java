package banking.outbox;

import banking.database.Transactions;
import banking.events.codec.ChainKeys;
import banking.health.Progress;
import banking.health.Standstills;
import banking.journal.LostEvents;
import banking.journal.LostEvents.Lost;
import banking.outbox.LogMarks.Keeper;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.common.annotation.Identifier;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.KafkaException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Looks whether the journal has all that was published: at the start, and whenever the database may
 * be another than before. One that was put back to an earlier moment, or has lost its last commits,
 * would give versions once more that others have seen with another content. Until the events are
 * back, this process takes no command and publishes nothing.
 */
@ApplicationScoped
public class JournalWatch {

    private static final Logger LOG = Logger.getLogger(JournalWatch.class);

    /** Before anything of this process decides or publishes. */
    private static final int AFTER_THE_MIGRATIONS = Integer.MIN_VALUE + 1;

    /** How long the start waits for Kafka, without which commands are accepted all the same. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

    private final Transactions transactions;
    private final Outbox outbox;
    private final Map<String, Object> kafka;
    private final ChainKeys keys;
    private final Progress progress;

    /** What this process's relay has published, of which the marks do not know yet. */
    private final Map<LogPlace, Long> published = new ConcurrentHashMap<>();

    private volatile @Nullable Keeper sound;
    private long comparedAt = System.nanoTime() - LOOK_AGAIN.toNanos();

    JournalWatch(
            Transactions transactions,
            Outbox outbox,
            @Identifier("default-kafka-broker") Map<String, Object> kafka,
            ChainKeys keys,
            Standstills standstills) {
        this.transactions = transactions;
        this.outbox = outbox;
        this.kafka = kafka;
        this.keys = keys;
        progress = standstills.watch("journal");
    }

    void begin(
            @Observes @Priority(AFTER_THE_MIGRATIONS) StartupEvent event, MeterRegistry metrics) {
        Gauge.builder("bank.journal.behind", outbox, o -> o.isBehind() ? 1 : 0)
                .description("1 while the journal lacks events that were published")
                .register(metrics);
        look();
    }

    /**
     * @param server when the server was started that the outbox was read from
     */
    boolean isSoundOn(long server) {
        if (!isKnownSoundOn(server)) {
            look();
        }
        return isKnownSoundOn(server);
    }

    private boolean isKnownSoundOn(long server) {
        var known = sound;
        return known != null && known.server() == server && !outbox.isBehind();
    }

    /** What lies before was committed before it was published, so the journal has that too. */
    void published(Map<LogPlace, Long> ends) {
        published.putAll(ends);
    }

    /** What the topics have behind the marks. */
    public LogTail tail() throws SQLException {
        var tail = new LogTail("journal", kafka, PATIENCE, transactions.single(LogMarks::read));
        try {
            if (!tail.anew().isEmpty()) {
                transactions.single(
                        s -> {
                            LogMarks.forget(s, tail.anew());
                            return s.run();
                        });
            }
            return tail;
        } catch (SQLException e) {
            tail.close();
            throw e;
        }
    }

    /** The customers' keys that were published. */
    public KeyTail keys() {
        return new KeyTail(kafka, PATIENCE);
    }

    @Scheduled(
            every = "{bank.outbox.figures-every}",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    public synchronized void look() {
        try {
            var keeper = transactions.single(LogMarks::keeper);
            if (keeper.equals(sound) && !outbox.isBehind()) {
                note(keeper);
            } else if (System.nanoTime() - comparedAt >= LOOK_AGAIN.toNanos()) {
                published.clear();
                try {
                    compare(keeper);
                } finally {
                    comparedAt = System.nanoTime();
                }
            }
        } catch (SQLException e) {
            sound = null;
            LOG.debug("whether the journal has all events is not known", e);
        } catch (KafkaException e) {
            LOG.debug("what was published is not known", e);
        }
    }

    /** As {@link #look}, however long ago the last comparison was. */
    public synchronized void lookAtOnce() {
        comparedAt = System.nanoTime() - LOOK_AGAIN.toNanos();
        look();
    }

    private void note(Keeper keeper) throws SQLException {
        var marks = Map.copyOf(published);
        if (!marks.isEmpty()) {
            transactions.single(
                    s -> {
                        LogMarks.move(s, marks, keeper);
                        return s.run();
                    });
            marks.forEach(published::remove);
        }
    }

    private void compare(Keeper keeper) throws SQLException {
        try (var tail = tail()) {
            var why = firstLost(tail, keeper);
            outbox.behind(why.isPresent());
            if (why.isPresent()) {
                progress.failed(why.get());
            } else {
                progress.well();
                published.putAll(tail.ends());
                sound = keeper;
            }
        }
    }

    /** Why the journal is behind; empty where it is not. */
    private Optional<String> firstLost(LogTail tail, Keeper keeper) throws SQLException {
        Map<LogPlace, Long> known = Map.of();
        for (var page = tail.next(); page != null; page = tail.next()) {
            var events = page.events();
            // So that a process that is cut short goes on from here.
            var marks = known;
            var lost =
                    transactions.single(
                            s -> {
                                LogMarks.move(s, marks, keeper);
                                return LostEvents.among(s, keys, events);
                            });
            var first = lost.stream().filter(Lost::goesOn).findFirst();
            if (first.isPresent()) {
                var event = first.get().event().event();
                return Optional.of(
                        "the database was put back to an earlier moment: it lacks published events"
                                + " such as "
                                + event.id()
                                + ", "
                                + event.type()
                                + " of "
                                + event.occurredAt()
                                + "; no command is taken and nothing is"
                                + " published until POST /streams/recovery gives them back");
            }
            known = page.next();
        }
        return transactions.single(s -> LostEvents.unfinished(s, 1)).isEmpty()
                ? Optional.empty()
                : Optional.of("events were given back, and POST /streams/recovery is not done yet");
    }
}
