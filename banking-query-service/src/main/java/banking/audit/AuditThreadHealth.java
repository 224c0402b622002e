package banking.audit;

import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/** Alive means that the thread which writes the audit trail has not ended and does not hang. */
@Liveness
class AuditThreadHealth implements AsyncHealthCheck {

    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(90);

    private final AuditTrail trail;

    AuditThreadHealth(AuditTrail trail) {
        this.trail = trail;
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        return Uni.createFrom().item(this::response);
    }

    private HealthCheckResponse response() {
        return HealthCheckResponse.named("audit")
                .status(trail.silence().compareTo(LONGEST_SILENCE) <= 0)
                .build();
    }
}
