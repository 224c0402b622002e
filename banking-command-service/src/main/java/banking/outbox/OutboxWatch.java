package banking.outbox;

import banking.health.Progress;
import banking.health.Standstills;
import banking.outbox.OutboxStatus.Figures;
import banking.outbox.OutboxStatus.Shard;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Looks in the background how much waits, so that metrics and health are answered from memory, and
 * whether it moves: no matter what holds it up, somebody hears of it.
 */
@ApplicationScoped
public class OutboxWatch {

    private static final Logger LOG = Logger.getLogger(OutboxWatch.class);
    private static final Duration STANDS_STILL_AFTER = Duration.ofSeconds(7);
    private static final Duration TOO_OLD = Duration.ofSeconds(8);

    private record Oldest(long position, long since) {}

    private final OutboxStatus status;
    private final Relay relay;
    private final Progress publishing;
    private final Map<Integer, Oldest> oldest = new HashMap<>();
    private volatile @Nullable Figures latest;
    private volatile long lookedAt = System.nanoTime();

    OutboxWatch(OutboxStatus status, Relay relay, Standstills standstills) {
        this.status = status;
        this.relay = relay;
        publishing = standstills.watch("publishing");
    }

    void register(@Observes StartupEvent event, MeterRegistry metrics) {
        Gauge.builder("bank.outbox.events", this, w -> w.figure(Figures::unpublished))
                .description("Committed events that are not known to be published")
                .register(metrics);
        Gauge.builder("bank.outbox.oldest.age", this, w -> w.figure(Figures::oldestAgeSeconds))
                .description("For how long the oldest of them has waited that is not refused")
                .baseUnit("seconds")
                .register(metrics);
        Gauge.builder("bank.outbox.refused.streams", this, w -> w.figure(Figures::refusedStreams))
                .description("Streams whose next event Kafka does not take")
                .register(metrics);
        Gauge.builder("bank.figures.age", this, w -> w.age().toNanos() / 1e9)
                .description("How old the figures are that are told")
                .tag("figures", "outbox")
                .baseUnit("seconds")
                .register(metrics);
    }

    private interface Figure {
        double of(Figures figures);
    }

    private double figure(Figure figure) {
        var known = latest;
        return known == null ? Double.NaN : figure.of(known);
    }

    /** The newest figures; null before there are any. */
    @Nullable Figures figures() {
        return latest;
    }

    private Duration age() {
        return Duration.ofNanos(System.nanoTime() - lookedAt);
    }

    /** Why nothing is published; null where something is, or nothing waits. */
    public @Nullable String failure() {
        var ofRelay = relay.progress().failure();
        if (ofRelay != null) {
            return ofRelay;
        }
        return age().compareTo(TOO_OLD) > 0
                ? "the database has not told for " + age().toSeconds() + " s what waits"
                : publishing.failure();
    }

    @Scheduled(
            every = "{bank.outbox.figures-every}",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void look() {
        try {
            var figures = status.look();
            latest = figures;
            lookedAt = System.nanoTime();
            if (figures.refusedStreams() == 0) {
                relay.refusals().over();
            }
            tell(standing(figures.shards()));
        } catch (SQLException e) {
            // The age of the figures says it.
            LOG.debug("what waits is not known", e);
        }
    }

    /** The shards whose oldest event has been the same for too long. */
    private synchronized List<Shard> standing(List<Shard> shards) {
        var now = System.nanoTime();
        oldest.keySet().retainAll(shards.stream().map(Shard::shard).toList());
        for (var shard : shards) {
            oldest.merge(
                    shard.shard(),
                    new Oldest(shard.oldestPosition(), now),
                    (before, current) ->
                            before.position() == current.position() ? before : current);
        }
        return shards.stream()
                .filter(
                        shard -> {
                            var seen = oldest.get(shard.shard());
                            return seen != null
                                    && now - seen.since() > STANDS_STILL_AFTER.toNanos();
                        })
                .toList();
    }

    private void tell(List<Shard> standing) {
        if (standing.isEmpty()) {
            publishing.well();
        } else if (relay.progress().failure() == null) {
            var leased = standing.stream().filter(Shard::isLeased).map(Shard::shard).toList();
            var free = standing.stream().filter(s -> !s.isLeased()).map(Shard::shard).toList();
            publishing.failed(
                    "the oldest events have not moved for more than "
                            + STANDS_STILL_AFTER.toSeconds()
                            + " s; shards that a relay has: "
                            + leased
                            + ", that no relay gets: "
                            + free);
        }
    }
}
