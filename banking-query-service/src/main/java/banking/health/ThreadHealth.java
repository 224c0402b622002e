package banking.health;

import banking.projection.Membership;
import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.TreeMap;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/**
 * Alive means that no thread of ours has ended or hangs for good. Whatever is not this process's is
 * not asked for: another process would find it no better.
 */
@Liveness
class ThreadHealth implements AsyncHealthCheck {

    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(90);

    private final Membership membership;
    private final Watch watch;

    ThreadHealth(Membership membership, Watch watch) {
        this.membership = membership;
        this.watch = watch;
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        return Uni.createFrom().item(this::response);
    }

    private HealthCheckResponse response() {
        var silences = new TreeMap<>(membership.silences());
        silences.put("watch", watch.silence());
        silences.values().removeIf(silence -> silence.compareTo(LONGEST_SILENCE) <= 0);
        var response = HealthCheckResponse.named("threads").status(silences.isEmpty());
        silences.forEach(
                (what, silence) ->
                        response.withData(
                                what,
                                "Its thread has said nothing for "
                                        + silence.toSeconds()
                                        + " seconds."));
        return response.build();
    }
}
