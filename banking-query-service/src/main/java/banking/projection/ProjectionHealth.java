package banking.projection;

import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready means that every projection gets on, or waits for events with nothing in its way. */
@Readiness
class ProjectionHealth implements HealthCheck {

    private final Projections projections;

    ProjectionHealth(Projections projections) {
        this.projections = projections;
    }

    @Override
    public HealthCheckResponse call() {
        var response = HealthCheckResponse.named("projections").up();
        projections
                .failures()
                .forEach(
                        (name, failure) -> {
                            response.withData(name, failure == null ? "running" : failure);
                            if (failure != null) {
                                response.down();
                            }
                        });
        return response.build();
    }
}
