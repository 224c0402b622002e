package banking.projection;

import banking.events.StreamId;
import banking.projection.ProjectionWriter.Replay;
import io.agroal.api.AgroalDataSource;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Runs every projection there is, from the start of the process to its end. */
@ApplicationScoped
class Projections {

    private record Running(
            Projection projection, ProjectionWriter writer, Intake intake, Progress progress) {}

    private final VersionWaits waits;
    private final List<Running> all = new ArrayList<>();

    Projections(
            ProjectionConfig config,
            @Any Instance<Projection> projections,
            AgroalDataSource database,
            VersionWaits waits,
            MeterRegistry registry) {
        this.waits = waits;
        for (var projection : projections) {
            var writer = new ProjectionWriter(database, projection);
            var progress = new Progress();
            var metrics = new ProjectionMetrics(registry, projection.name(), database);
            var intake =
                    new Intake(
                            projection,
                            config,
                            writer,
                            round -> {
                                metrics.applied(round);
                                waits.arrived(projection.name(), round.newestApplied().keySet());
                            },
                            progress);
            all.add(new Running(projection, writer, intake, progress));
        }
    }

    void stop(@Observes ShutdownEvent event) {
        all.forEach(running -> running.intake.stop());
    }

    List<Projection> all() {
        return all.stream().map(Running::projection).toList();
    }

    boolean exists(String name) {
        return all.stream().anyMatch(running -> running.projection.name().equals(name));
    }

    Intake intake(String name) {
        return running(name).intake;
    }

    /** Tries a parked aggregate's queue again; empty when it is not parked. */
    Optional<Replay> replay(String name, StreamId stream) {
        var replay = running(name).writer.replay(stream);
        waits.arrived(name, List.of(stream));
        return replay;
    }

    private Running running(String name) {
        return all.stream()
                .filter(running -> running.projection.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** Why a projection stands still, per name; null for one that runs. */
    Map<String, @Nullable String> failures() {
        var failures = new HashMap<String, @Nullable String>();
        all.forEach(r -> failures.put(r.projection.name(), r.progress.failure()));
        return failures;
    }
}
