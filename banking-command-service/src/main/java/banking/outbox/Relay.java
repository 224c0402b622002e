package banking.outbox;

import banking.database.Transactions;
import banking.events.codec.WrittenEvent;
import banking.outbox.Outbox.Bundle;
import banking.outbox.WaitingBundles.Waiting;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Publishes what was committed, in order, at least once. A row is deleted only after Kafka has
 * acknowledged its events, in the transaction that holds its shard: a crash at any point repeats
 * events and never loses or overtakes one.
 */
@ApplicationScoped
class Relay implements Runnable {

    private static final Logger LOG = Logger.getLogger(Relay.class);
    private static final Duration SHORTEST_POLL = Duration.ofMillis(5);

    private final Outbox outbox;
    private final Transactions transactions;
    private final KafkaPublisher kafka;
    private final OutboxConfig config;
    private final DistributionSummary batchSizes;
    private final Timer latency;
    private final Thread thread = Thread.ofPlatform().name("relay").unstarted(this);
    private int deletedSinceVacuum;
    private final CountDownLatch stop = new CountDownLatch(1);

    Relay(
            Outbox outbox,
            Transactions transactions,
            KafkaPublisher kafka,
            OutboxConfig config,
            MeterRegistry metrics) {
        this.outbox = outbox;
        this.transactions = transactions;
        this.kafka = kafka;
        this.config = config;
        batchSizes = metrics.summary("bank.outbox.batch.events");
        latency = metrics.timer("bank.outbox.publish.latency");
    }

    void start(@Observes StartupEvent event) {
        if (config.relay()) {
            thread.start();
        }
    }

    /** Ends after the batch in hand; the priority lets the pipeline commit its last before. */
    void stop(@Observes @Priority(Integer.MAX_VALUE) ShutdownEvent event)
            throws InterruptedException {
        stop.countDown();
        outbox.wake();
        thread.join();
    }

    @Override
    public void run() {
        var failures = 0;
        var poll = SHORTEST_POLL;
        while (stop.getCount() > 0) {
            try {
                kafka.connect();
                var begun = System.nanoTime();
                var published = publishOldest();
                failures = 0;
                poll =
                        published > 0
                                ? SHORTEST_POLL
                                : shorter(poll.multipliedBy(2), config.idlePoll());
                if (published == 0) {
                    outbox.awaitWork(poll);
                } else {
                    pauseUntil(begun + config.pace().toNanos());
                }
            } catch (InterruptedException e) {
                stop.countDown();
            } catch (SQLException | RuntimeException e) {
                failures++;
                LOG.warnf(e, "publishing failed, %d times in a row by now", failures);
                kafka.close();
                rest(failures);
            }
        }
        kafka.close();
    }

    private void pauseUntil(long nanos) throws InterruptedException {
        var left = nanos - System.nanoTime();
        if (left > 0 && stop.await(left, TimeUnit.NANOSECONDS)) {
            LOG.debug("stopped between two batches");
        }
    }

    /** One transaction: lock, read, send, delete. It ends with all of it or with nothing. */
    private int publishOldest() throws SQLException, InterruptedException {
        var published = transactions.commit(this::publishLocked);
        if (!published.isEmpty()) {
            var now = Instant.now();
            batchSizes.record(published.size());
            published.forEach(e -> latency.record(Duration.between(e.occurredAt(), now)));
            vacuumWhenDue();
        }
        return published.size();
    }

    /**
     * Every search for the oldest rows passes over those that were deleted since the last vacuum,
     * and the server's own looks only once a minute. Measured at full load, the searches took half
     * of the database's time without this.
     */
    private void vacuumWhenDue() throws SQLException {
        if (deletedSinceVacuum >= config.rowsPerVacuum()) {
            deletedSinceVacuum = 0;
            transactions.vacuum("outbox");
        }
    }

    private List<WrittenEvent> publishLocked(Connection transaction)
            throws SQLException, InterruptedException {
        var oldest = WaitingBundles.lockOldest(transaction, config.eventsPerShard());
        if (oldest.isEmpty()) {
            return List.of();
        }
        var events = events(transaction, oldest);
        kafka.publish(events);
        WaitingBundles.delete(transaction, oldest);
        deletedSinceVacuum += oldest.size();
        return events;
    }

    /** The bundles' events in the bundles' order, from memory or else from the journal. */
    private List<WrittenEvent> events(Connection transaction, List<Waiting> oldest)
            throws SQLException {
        var known = new HashMap<Bundle, List<WrittenEvent>>();
        var unknown = new ArrayList<Waiting>();
        for (var waiting : oldest) {
            var events = outbox.recall(waiting.bundle());
            if (events == null) {
                unknown.add(waiting);
            } else {
                known.put(waiting.bundle(), events);
            }
        }
        known.putAll(WaitingBundles.read(transaction, unknown));
        var events = new ArrayList<WrittenEvent>();
        for (var waiting : oldest) {
            var ofBundle = known.getOrDefault(waiting.bundle(), List.of());
            if (ofBundle.size() != waiting.events()) {
                throw new IllegalStateException("the journal does not have all of " + waiting);
            }
            events.addAll(ofBundle);
        }
        return events;
    }

    /** Rests without a transaction and without a client; a stop cuts it short. */
    private void rest(int failures) {
        var doubled = config.backOff().multipliedBy(1L << Math.min(failures - 1, 16));
        try {
            var pause = shorter(doubled, config.longestBackOff());
            if (stop.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
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
