package banking.http;

import io.quarkiverse.resteasy.problem.HttpProblem;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Bounds how many queries of one caller may wait for a version at once, since there are only so
 * many places for all of them.
 */
@ApplicationScoped
class OpenWaits {

    static final String MIN_VERSION = "min-version";

    /** Those of callers who have any. */
    private final Map<String, Integer> open = new ConcurrentHashMap<>();

    private final int most;

    OpenWaits(BoundsConfig config) {
        most = config.openWaits();
    }

    /**
     * @throws HttpProblem {@code too-many-waits}
     */
    @ServerRequestFilter(priority = Priorities.AUTHORIZATION + 1)
    public void check(RoutingContext request) {
        if (!request.queryParams().contains(MIN_VERSION)) {
            return;
        }
        var caller = Permitted.caller(request).id();
        if (open.merge(caller, 1, Integer::sum) > most) {
            end(caller);
            throw Problems.builder(
                            WaitRefusal.TOO_MANY_WAITS,
                            most + " queries of the caller wait for a version already.")
                    .withHeader(HttpHeaders.RETRY_AFTER, 1)
                    .build();
        }
        request.addEndHandler(_ -> end(caller));
    }

    private void end(String caller) {
        open.computeIfPresent(caller, (_, waits) -> waits == 1 ? null : waits - 1);
    }
}
