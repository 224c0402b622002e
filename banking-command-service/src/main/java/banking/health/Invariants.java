package banking.health;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.arc.All;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.quarkus.scheduler.Scheduler;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Checks every invariant there is, each as a job of its own: one that takes long, or cannot be
 * checked at all, holds up no other. What is known of it then stays as it was.
 */
@ApplicationScoped
public class Invariants {

    private final List<Watched> all = new ArrayList<>();
    private final Scheduler scheduler;

    private record Watched(Invariant invariant, Map<String, Integer> figures, Progress progress) {

        void check() {
            try {
                var findings = invariant.check();
                figures.putAll(findings.figures());
                if (findings.breach() == null) {
                    progress.well();
                } else {
                    progress.failed(findings.breach());
                }
            } catch (RuntimeException e) {
                progress.failed(String.valueOf(e.getCause() == null ? e : e.getCause()));
            }
        }
    }

    Invariants(
            @All List<Invariant> invariants,
            Standstills standstills,
            MeterRegistry metrics,
            Scheduler scheduler) {
        this.scheduler = scheduler;
        for (var invariant : invariants) {
            var figures = new ConcurrentHashMap<String, Integer>();
            all.add(new Watched(invariant, figures, standstills.watch(invariant.name())));
            invariant
                    .metrics()
                    .forEach(
                            (metric, description) ->
                                    Gauge.builder(metric, figures, f -> f.getOrDefault(metric, 0))
                                            .description(description)
                                            .strongReference(true)
                                            .register(metrics));
        }
    }

    void start(@Observes StartupEvent event) {
        for (var watched : all) {
            scheduler
                    .newJob("invariant-" + watched.invariant.name())
                    .setInterval(watched.invariant.every())
                    .setConcurrentExecution(ConcurrentExecution.SKIP)
                    .setTask(_ -> watched.check())
                    .schedule();
        }
    }

    /** Checks all of them once more, now. */
    public void check() {
        all.forEach(Watched::check);
    }
}
