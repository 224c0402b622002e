package banking.health;

import banking.projection.ProjectionConfig;
import banking.projection.Projections;
import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready means that this process can answer from the views: it has begun to read, or waits in vain
 * for Kafka to let it, and the database has answered it. A database that goes silent later, and
 * views that stand still, are told and leave it ready: they are the same for all processes, which
 * would all be taken out at once, and callers would get the proxy's error instead of ours. All of
 * it comes from memory.
 */
@Readiness
class ProjectionHealth implements AsyncHealthCheck {

    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(5);

    private final Projections projections;
    private final ProjectionConfig config;
    private final Watch watch;

    ProjectionHealth(Projections projections, ProjectionConfig config, Watch watch) {
        this.config = config;
        this.projections = projections;
        this.watch = watch;
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        return Uni.createFrom().item(this::response);
    }

    private HealthCheckResponse response() {
        var response = HealthCheckResponse.named("projections");
        var starting = false;
        for (var failure : watch.failures().entrySet()) {
            var name = failure.getKey();
            if (failure.getValue() != null) {
                response.withData(name, failure.getValue());
            } else if (!config.run()) {
                response.withData(name, "read by others");
            } else if (projections.progress(name).hasBegun()) {
                response.withData(name, "running");
            } else {
                response.withData(name, "starting");
                starting = true;
            }
        }
        var isSilent = watch.silenceOfTheDatabase().compareTo(LONGEST_SILENCE) > 0;
        return response.withData("database", isSilent ? "away" : "there")
                .status(watch.stored() != null && !starting)
                .build();
    }
}
