package banking.policy;

import banking.health.Standstills;
import banking.policy.ParkedMatters.Count;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Looks in the background how far the policies are and what they have parked, whichever process
 * runs them: where there is something to read and nothing moves, for whatever reason, it says so.
 */
@ApplicationScoped
class PolicyWatch {

    private static final Logger LOG = Logger.getLogger(PolicyWatch.class);

    private final Positions positions;
    private final ParkedMatters parked;
    private final List<WatchedPolicy> all;
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
                        .map(policy -> new WatchedPolicy(policy, standstills, metrics))
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
            var at = positions.of(watched.policy());
            if (at.isEmpty()) {
                // Kafka would keep us waiting for each of the others too.
                all.forEach(WatchedPolicy::unknown);
                return;
            }
            watched.look(asOf, at);
        }
        try {
            var counts = parked.counts();
            all.forEach(w -> w.parked(counts.getOrDefault(w.policy().name(), Count.NONE)));
            lookedAt = System.nanoTime();
        } catch (SQLException e) {
            LOG.debug("what is parked is counted later", e);
        }
    }
}
