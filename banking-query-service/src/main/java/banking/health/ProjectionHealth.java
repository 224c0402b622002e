package banking.health;

import banking.projection.Projections;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready means that this process can answer from the views: it has begun to read, and the database
 * is there. Views that stand still are told and leave it ready, since all processes read the same
 * ones: they would all be taken out at once, for a topic that most questions have nothing to do
 * with. All of it comes from memory.
 */
@Readiness
class ProjectionHealth implements HealthCheck {

    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(5);

    private final Projections projections;
    private final Watch watch;

    ProjectionHealth(Projections projections, Watch watch) {
        this.projections = projections;
        this.watch = watch;
    }

    @Override
    public HealthCheckResponse call() {
        var response = HealthCheckResponse.named("projections");
        var starting = false;
        for (var failure : watch.failures().entrySet()) {
            var name = failure.getKey();
            if (failure.getValue() != null) {
                response.withData(name, failure.getValue());
            } else if (projections.progress(name).hasBegun()) {
                response.withData(name, "running");
            } else {
                response.withData(name, "starting");
                starting = true;
            }
        }
        var isSilent = watch.silenceOfTheDatabase().compareTo(LONGEST_SILENCE) > 0;
        return response.withData("database", isSilent ? "away" : "there")
                .status(watch.stored() != null && !starting && !isSilent)
                .build();
    }
}
