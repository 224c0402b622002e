package banking.health;

import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import java.util.stream.Collectors;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Shows what is amiss, and leaves everybody ready: they all see the same views. */
@Readiness
class InvariantHealth implements AsyncHealthCheck {

    private final Invariants invariants;

    InvariantHealth(Invariants invariants) {
        this.invariants = invariants;
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        return Uni.createFrom().item(this::response);
    }

    private HealthCheckResponse response() {
        var response = HealthCheckResponse.named("invariants").up();
        invariants
                .breaches()
                .forEach(
                        (name, breaches) ->
                                response.withData(
                                        name,
                                        breaches.isEmpty()
                                                ? "well"
                                                : breaches.entrySet().stream()
                                                        .map(b -> b.getKey() + ": " + b.getValue())
                                                        .collect(Collectors.joining("; "))));
        return response.build();
    }
}
