package banking.policy;

import banking.health.Progress;
import banking.health.Standstills;
import banking.health.TakenIn;
import banking.policy.ParkedMatters.Count;
import banking.policy.Positions.Position;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** What was seen of one policy, and when it moved last; its metrics show it. */
final class WatchedPolicy {

    private static final Duration STANDSTILL_AFTER = Duration.ofSeconds(6);
    private static final String PARKED = "bank.policy.parked.matters";

    /** What is known of one partition, and since when. */
    private static final class Place {

        private final TakenIn taken = new TakenIn();
        private final Instant begun = Instant.now();
        private volatile @Nullable Instant sentAt;

        private void look(Instant asOf, Position at) {
            taken.look(asOf, at.position(), at.position() + at.lag());
            sentAt = at.sentAt();
        }

        private Instant sentAt() {
            var known = sentAt;
            return known == null ? begun : known;
        }

        /** What was sent a moment ago and is taken in says the same as an empty log. */
        private Instant until() {
            var until = taken.until();
            return until == null || until.isBefore(sentAt()) ? sentAt() : until;
        }
    }

    private final Policy policy;
    private final Progress progress;
    private final Instant begun = Instant.now();
    private final Map<TopicPartition, Place> places = new ConcurrentHashMap<>();
    private volatile long lag;
    private volatile Count parked = Count.NONE;
    private long position = -1;
    private long movedAt = System.nanoTime();

    WatchedPolicy(Policy policy, Standstills standstills, MeterRegistry metrics) {
        this.policy = policy;
        progress = standstills.watch("policy " + policy.name() + ", reading");
        gauge("bank.policy.lag.events", w -> w.lag)
                .description("Records that it has not taken in")
                .register(metrics);
        gauge("bank.policy.lag", w -> w.longestSince(Place::until))
                .description("How far it may be behind; grows while nobody can tell")
                .baseUnit("seconds")
                .register(metrics);
        gauge("bank.policy.heartbeat.age", w -> w.longestSince(Place::sentAt))
                .description("How long ago the command side sent the newest that has come through")
                .baseUnit("seconds")
                .register(metrics);
        gauge(PARKED, w -> w.parked.retried())
                .description("Matters that are set aside")
                .tag("waits_for", "time")
                .register(metrics);
        gauge(PARKED, w -> w.parked.stuck())
                .description("Matters that are set aside")
                .tag("waits_for", "operator")
                .register(metrics);
        gauge("bank.policy.parked.age", w -> w.parked.oldestAgeSeconds())
                .description("For how long the oldest of them waits")
                .baseUnit("seconds")
                .register(metrics);
    }

    private Gauge.Builder<WatchedPolicy> gauge(String name, ToDoubleFunction<WatchedPolicy> value) {
        return Gauge.builder(name, this, value).tag("policy", policy.name());
    }

    /** Of the partition of which it is the longest. */
    private double longestSince(Function<Place, Instant> since) {
        var oldest =
                places.values().stream().map(since).min(Comparator.naturalOrder()).orElse(begun);
        return Duration.between(oldest, Instant.now()).toMillis() / 1e3;
    }

    Policy policy() {
        return policy;
    }

    void parked(Count count) {
        parked = count;
    }

    void unknown() {
        progress.failed("Kafka does not say how far it is.");
    }

    /**
     * @param asOf when it was asked
     */
    void look(Instant asOf, List<Position> at) {
        for (var place : at) {
            places.computeIfAbsent(
                            new TopicPartition(place.topic(), place.partition()), _ -> new Place())
                    .look(asOf, place);
        }
        lag = at.stream().mapToLong(Position::lag).sum();
        var now = System.nanoTime();
        var reached = at.stream().mapToLong(Position::position).sum();
        if (reached != position || lag == 0) {
            position = reached;
            movedAt = now;
            progress.well();
        } else if (now - movedAt > STANDSTILL_AFTER.toNanos()) {
            progress.failed(lag + " records wait, and none is taken in.");
        }
    }
}
