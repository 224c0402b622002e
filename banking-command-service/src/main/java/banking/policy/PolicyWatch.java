package banking.policy;

import banking.health.Progress;
import banking.health.Standstills;
import banking.health.TakenIn;
import banking.policy.ParkedMatters.Count;
import banking.policy.Positions.Position;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;
import org.jboss.logging.Logger;

/**
 * Looks in the background how far the policies are and what they have parked, whichever process
 * runs them: where there is something to read and nothing moves, for whatever reason, it says so.
 */
@ApplicationScoped
class PolicyWatch {

    private static final Duration STANDSTILL_AFTER = Duration.ofSeconds(6);

    private static final Logger LOG = Logger.getLogger(PolicyWatch.class);

    private final Positions positions;
    private final ParkedMatters parked;
    private final List<Watched> all;
    private volatile long lookedAt = System.nanoTime();

    PolicyWatch(
            Policies policies,
            Positions positions,
            ParkedMatters parked,
            Standstills standstills,
            MeterRegistry metrics) {
        this.positions = positions;
        this.parked = parked;
        all =
                policies.all().stream()
                        .map(policy -> new Watched(policy, standstills, metrics))
                        .toList();
        Gauge.builder("bank.figures.age", this, w -> (System.nanoTime() - w.lookedAt) / 1e9)
                .description("How old the figures are")
                .baseUnit("seconds")
                .tag("figures", "policies")
                .register(metrics);
    }

    /** Makes this bean exist, and its metrics with it. */
    void start(@Observes StartupEvent event) {}

    @Scheduled(every = "2s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void look() throws InterruptedException {
        for (var watched : all) {
            var asOf = Instant.now();
            var at = positions.of(watched.policy);
            if (at.isEmpty()) {
                // Kafka would keep us waiting for each of the others too.
                all.forEach(w -> w.progress.failed("Kafka does not say how far it is."));
                return;
            }
            watched.look(asOf, at);
        }
        try {
            var counts = parked.counts();
            all.forEach(w -> w.parked = counts.getOrDefault(w.policy.name(), Count.NONE));
            lookedAt = System.nanoTime();
        } catch (SQLException e) {
            LOG.debug("what is parked is counted later", e);
        }
    }

    /** What was seen of one policy, and when it moved last. */
    private static final class Watched {

        private static final String PARKED = "bank.policy.parked.matters";

        private final Policy policy;
        private final Progress progress;
        private volatile long lag;
        private volatile Count parked = Count.NONE;
        private final Map<String, TakenIn> partitions = new ConcurrentHashMap<>();
        private final Instant begun = Instant.now();
        private long position = -1;
        private long movedAt = System.nanoTime();

        private Watched(Policy policy, Standstills standstills, MeterRegistry metrics) {
            this.policy = policy;
            progress = standstills.watch("policy " + policy.name() + ", reading");
            gauge("bank.policy.lag.events", w -> w.lag)
                    .description("Records that it has not taken in")
                    .register(metrics);
            gauge("bank.policy.lag", Watched::lagSeconds)
                    .description("How far it may be behind; grows while nobody can tell")
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

        private Gauge.Builder<Watched> gauge(String name, ToDoubleFunction<Watched> value) {
            return Gauge.builder(name, this, value).tag("policy", policy.name());
        }

        private double lagSeconds() {
            var until = partitions.values().stream().map(TakenIn::until).toList();
            var oldest =
                    until.isEmpty() || until.contains(null)
                            ? begun
                            : until.stream().min(Comparator.naturalOrder()).orElseThrow();
            return Duration.between(oldest, Instant.now()).toMillis() / 1e3;
        }

        private void look(Instant asOf, List<Position> at) {
            for (var place : at) {
                partitions
                        .computeIfAbsent(
                                place.topic() + place.partition(), _ -> new TakenIn())
                        .look(asOf, place.position(), place.position() + place.lag());
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
}
