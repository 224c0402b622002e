package banking.audit;

import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Tells whether the audit trail stands still. That leaves the process ready: what it waits for is
 * the database, which is the same for every other.
 */
@Readiness
class AuditHealth implements AsyncHealthCheck {

    private final AuditTrail trail;

    AuditHealth(AuditTrail trail) {
        this.trail = trail;
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        return Uni.createFrom().item(this::response);
    }

    private HealthCheckResponse response() {
        var failure = trail.failure();
        return HealthCheckResponse.named("audit")
                .withData("trail", failure == null ? "running" : failure)
                .withData("waiting", trail.waiting())
                .up()
                .build();
    }
}
