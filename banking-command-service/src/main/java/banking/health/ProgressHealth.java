package banking.health;

import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Tells who stands still. It makes no process unready: what it waits for is the same for every
 * other, and commands are taken meanwhile.
 */
@Readiness
class ProgressHealth implements AsyncHealthCheck {

    private final Standstills standstills;

    ProgressHealth(Standstills standstills) {
        this.standstills = standstills;
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        return Uni.createFrom().item(this::response);
    }

    private HealthCheckResponse response() {
        var response = HealthCheckResponse.named("progress").up();
        standstills
                .failures()
                .forEach((what, why) -> response.withData(what, why == null ? "running" : why));
        return response.build();
    }
}
