package banking.health;

import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/**
 * Alive means that no thread of ours has ended or hangs for good. Whatever is not this process's is
 * not asked for: another process would find it no better.
 */
@Liveness
class ThreadHealth implements AsyncHealthCheck {

    private final Standstills standstills;

    ThreadHealth(Standstills standstills) {
        this.standstills = standstills;
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        return Uni.createFrom().item(this::response);
    }

    private HealthCheckResponse response() {
        var ends = standstills.ends();
        var response = HealthCheckResponse.named("threads").status(ends.isEmpty());
        ends.forEach(response::withData);
        return response.build();
    }
}
