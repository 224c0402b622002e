package banking.policy;

import banking.health.Progress;
import banking.health.Standstills;
import banking.policy.Positions.Position;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.control.ActivateRequestContext;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Looks in the background how far the policies are and what they have parked, whichever process
 * runs them: where there is something to read and nothing moves, for whatever reason, it says so.
 */
@ApplicationScoped
class PolicyWatch {

    private static final Duration STANDSTILL_AFTER = Duration.ofSeconds(6);

    private final Positions positions;
    private final List<Watched> all;
    private volatile long lookedAt = System.nanoTime();

    PolicyWatch(
            Policies policies,
            Positions positions,
            Standstills standstills,
            MeterRegistry metrics) {
        this.positions = positions;
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
    @ActivateRequestContext
    void look() throws InterruptedException {
        for (var watched : all) {
            var at = positions.of(watched.policy);
            if (at.isEmpty()) {
                // Kafka would keep us waiting for each of the others too.
                all.forEach(w -> w.progress.failed("Kafka does not say how far it is."));
                return;
            }
            watched.look(at);
        }
        // Last, since nobody waits for Kafka while keeping a session of the database.
        all.forEach(Watched::count);
        lookedAt = System.nanoTime();
    }

    /** What was seen of one policy, and when it moved last. */
    private static final class Watched {

        private final Policy policy;
        private final Progress progress;
        private volatile long lag;
        private volatile long retried;
        private volatile long stuck;
        private long position = -1;
        private long movedAt = System.nanoTime();

        private Watched(Policy policy, Standstills standstills, MeterRegistry metrics) {
            this.policy = policy;
            progress = standstills.watch("policy " + policy.name() + ", reading");
            gauge(metrics, "bank.policy.lag.records", "Records not taken in", w -> w.lag);
            gauge(metrics, "bank.policy.retried.matters", "Tried again by itself", w -> w.retried);
            gauge(metrics, "bank.policy.stuck.matters", "Waiting for an operator", w -> w.stuck);
        }

        private void gauge(
                MeterRegistry metrics,
                String name,
                String description,
                ToDoubleFunction<Watched> value) {
            Gauge.builder(name, this, value)
                    .description(description)
                    .tag("policy", policy.name())
                    .register(metrics);
        }

        private void look(List<Position> at) {
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

        private void count() {
            stuck = ParkedMatterRow.countThatNeedAnOperator(policy.name());
            retried = ParkedMatterRow.countOf(policy.name()) - stuck;
        }
    }
}
