package banking.outbox;

import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Says how publishing is getting on. It is never a reason to be unready: commands do not need it,
 * and what they commit waits.
 */
@Readiness
class RelayHealth implements AsyncHealthCheck {

    private final OutboxWatch watch;

    RelayHealth(OutboxWatch watch) {
        this.watch = watch;
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        return Uni.createFrom().item(this::response);
    }

    private HealthCheckResponse response() {
        var failure = watch.failure();
        var response =
                HealthCheckResponse.named("relay")
                        .up()
                        .withData("relay", failure == null ? "running" : failure);
        var figures = watch.figures();
        if (figures != null) {
            response.withData("unpublished", figures.unpublished())
                    .withData("refusedStreams", figures.refusedStreams());
        }
        return response.build();
    }
}
