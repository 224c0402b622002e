package banking.health;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.arc.All;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.quarkus.scheduler.Scheduler;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.ArrayList;
import java.util.List;

/**
 * Checks every invariant there is, each as a job of its own: one that takes long, or cannot be
 * checked at all, holds up no other. What is known of it then stays as it was.
 */
@ApplicationScoped
public class Invariants {

    private final List<Watched> all = new ArrayList<>();
    private final Scheduler scheduler;

    private record Watched(Invariant invariant, FoundFigures figures, Progress progress) {

        void check() {
            try {
                var findings = invariant.check();
                figures.tell(findings.figures());
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
            var figures = new FoundFigures(invariant.metrics(), metrics);
            all.add(new Watched(invariant, figures, standstills.watch(invariant.name())));
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
