package banking.outbox;

import banking.database.Backoff;
import banking.database.Transactions;
import banking.database.Vacuum;
import banking.events.codec.RecordedEvent;
import banking.figures.Buckets;
import banking.health.Progress;
import banking.health.Standstills;
import banking.story.StoryLog;
import banking.story.Traces;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.KafkaException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Publishes what was committed, in order, at least once. A row goes only after Kafka has
 * acknowledged its events or their streams are put aside, and only while its shard is leased: a
 * crash at any point repeats events and never loses or overtakes one. No transaction is open while
 * Kafka makes it wait.
 */
@ApplicationScoped
class Relay implements Runnable {

    private static final Logger LOG = Logger.getLogger(Relay.class);
    private static final Duration SHORTEST_POLL = Duration.ofMillis(5);

    /** A relay that has looked in vain for that long lets others have its shards. */
    private static final Duration IDLE = Duration.ofMillis(40);

    private final Outbox outbox;
    private final Transactions transactions;
    private final Vacuum vacuum;
    private final KafkaPublisher kafka;
    private final JournalWatch journal;
    private final OutboxConfig config;
    private final Traces traces;
    private final Backoff backOff;
    private final DistributionSummary batchSizes;
    private final Timer delay;
    private final ShardLeases leases;
    private final RefusalLog refusals = new RefusalLog();
    private final Retries retries;
    private final Progress progress;
    private final Thread thread = Thread.ofPlatform().daemon().name("relay").unstarted(this);
    private final CountDownLatch stop = new CountDownLatch(1);
    private int deletedSinceVacuum;

    /** A round that is over, of which the database does not know yet. */
    private @Nullable Round unsettled;

    Relay(
            Outbox outbox,
            Transactions transactions,
            Vacuum vacuum,
            KafkaPublisher kafka,
            JournalWatch journal,
            OutboxConfig config,
            Standstills standstills,
            Traces traces,
            MeterRegistry metrics) {
        this.outbox = outbox;
        this.transactions = transactions;
        this.vacuum = vacuum;
        this.kafka = kafka;
        this.journal = journal;
        this.config = config;
        this.traces = traces;
        backOff = new Backoff(config.backOff(), config.longestBackOff());
        progress = standstills.watch("relay");
        progress.on(thread);
        leases = new ShardLeases(transactions, config.lease());
        retries =
                new Retries(
                        transactions,
                        kafka,
                        outbox,
                        config,
                        refusals,
                        events -> published(events, Instant.now()));
        batchSizes =
                DistributionSummary.builder("bank.outbox.batch.size")
                        .description("Events that one round published")
                        .serviceLevelObjectives(Buckets.ofEvents())
                        .register(metrics);
        delay =
                Timer.builder("bank.outbox.publish.delay")
                        .description("From the command's decision to Kafka's acknowledgement")
                        .serviceLevelObjectives(Buckets.ofDelays())
                        .register(metrics);
    }

    Progress progress() {
        return progress;
    }

    RefusalLog refusals() {
        return refusals;
    }

    void start(@Observes StartupEvent event) {
        if (config.relay()) {
            thread.start();
        }
    }

    /** Ends after the round in hand; the priority lets the pipeline commit its last before. */
    void stop(@Observes @Priority(Integer.MAX_VALUE) ShutdownEvent event)
            throws InterruptedException {
        stop.countDown();
        outbox.wake();
        thread.join(config.stopTimeout().toMillis());
        if (thread.isAlive()) {
            LOG.warn("the relay's last round is cut short; what it leaves is published later");
            thread.interrupt();
            thread.join(config.stopTimeout().toMillis());
        }
    }

    @Override
    public void run() {
        var failures = 0;
        var poll = SHORTEST_POLL;
        while (stop.getCount() > 0) {
            try {
                kafka.connect();
                var begun = System.nanoTime();
                var moved = turn();
                progress.well();
                failures = 0;
                poll = moved ? SHORTEST_POLL : shorter(poll.multipliedBy(2), config.idlePoll());
                if (moved) {
                    pauseUntil(begun + config.pace().toNanos());
                } else {
                    if (poll.compareTo(IDLE) >= 0 && !retries.areUnderWay()) {
                        leases.release();
                    }
                    outbox.awaitWork(poll);
                }
            } catch (InterruptedException e) {
                stop.countDown();
            } catch (SQLException e) {
                progress.failed("the database: " + e.getMessage());
                rest(++failures);
            } catch (KafkaException e) {
                progress.failed(String.valueOf(e.getMessage()));
                giveUp();
                rest(++failures);
            } catch (RuntimeException e) {
                LOG.debug("what holds up the relay", e);
                progress.failed(e.toString());
                giveUp();
                rest(++failures);
            }
        }
        giveUp();
    }

    private void pauseUntil(long nanos) throws InterruptedException {
        var left = nanos - System.nanoTime();
        if (left > 0 && stop.await(left, TimeUnit.NANOSECONDS)) {
            LOG.debug("stopped between two rounds");
        }
    }

    /**
     * @return whether there was anything to do
     */
    private boolean turn() throws SQLException, InterruptedException {
        settle();
        var shards = leases.hold();
        var published = !shards.isEmpty() && publish(shards);
        return retries.turn(shards) || published;
    }

    private boolean publish(Set<Integer> shards) throws SQLException, InterruptedException {
        var oldest =
                transactions.single(s -> WaitingBundles.oldest(s, shards, config.eventsPerShard()));
        if (oldest.isEmpty() || !journal.isSoundOn(oldest.getFirst().server())) {
            return false;
        }
        var round = new Round(transactions, outbox, kafka, config, retries);
        round.take(oldest);
        round.send();
        unsettled = round;
        settle();
        return true;
    }

    /** Again and again, where the database is away meanwhile: what is published stays published. */
    private void settle() throws SQLException {
        var round = unsettled;
        if (round != null) {
            round.settle(leases, refusals);
            unsettled = null;
            journal.published(round.ends());
            published(round.acknowledged(), round.begun());
            vacuumWhenDue(round.rows());
        }
    }

    private void published(List<RecordedEvent> events, Instant begun) {
        if (!events.isEmpty()) {
            var now = Instant.now();
            batchSizes.record(events.size());
            traces.step("publish", begun, events, e -> e.event().traceparent()).end();
            tell(events);
            events.forEach(e -> delay.record(Duration.between(e.event().occurredAt(), now)));
        }
    }

    private static void tell(List<RecordedEvent> events) {
        if (StoryLog.isOn()) {
            StoryLog.tell(events.stream().map(RecordedEvent::event).toList(), "was published");
        }
    }

    /**
     * Every search for the oldest rows passes over those that were deleted since the last vacuum,
     * and the server's own looks only once a minute. Measured at full load, the searches took half
     * of the database's time without this.
     */
    private void vacuumWhenDue(int deleted) {
        deletedSinceVacuum += deleted;
        if (deletedSinceVacuum >= config.rowsPerVacuum()) {
            deletedSinceVacuum = 0;
            try {
                vacuum.clean("outbox");
            } catch (SQLException e) {
                LOG.debug("the server's own vacuum comes later", e);
            }
        }
    }

    /** Lets others try, who may have a better way to Kafka. */
    private void giveUp() {
        kafka.close();
        try {
            leases.release();
        } catch (SQLException e) {
            LOG.debug("the leases end by themselves", e);
        }
    }

    /** Rests without a transaction; a stop cuts it short. */
    private void rest(int failures) {
        try {
            if (stop.await(backOff.after(failures).toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.debug("stopped while resting");
            }
        } catch (InterruptedException e) {
            stop.countDown();
        }
    }

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }
}
