package banking.http;

import io.quarkus.runtime.configuration.MemorySize;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Refuses a body that is too large before it is sent, in the form that all problems have. Only a
 * request line that is none stays with the bare status 400: Quarkus refuses it in front of all that
 * can be hooked in.
 */
@ApplicationScoped
class RefusedRequests {

    /** Only what gives every answer its headers comes first. */
    private static final int BEFORE_THE_BODY = Integer.MIN_VALUE + 1;

    private final long maxBodyBytes;

    RefusedRequests(
            @ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize maxBodySize) {
        maxBodyBytes = maxBodySize.asLongValue();
    }

    void refuse(@Observes Router router) {
        router.route().order(BEFORE_THE_BODY).handler(this::checkLength);
    }

    private void checkLength(RoutingContext request) {
        if (declaredLength(request) <= maxBodyBytes) {
            request.next();
            return;
        }
        var problem =
                Problems.of(
                        ProblemCode.PAYLOAD_TOO_LARGE,
                        "A body has at most " + maxBodyBytes + " bytes.");
        var body =
                new JsonObject()
                        .put("type", String.valueOf(problem.getType()))
                        .put("status", problem.getStatusCode())
                        .put("title", problem.getTitle())
                        .put("detail", problem.getDetail());
        problem.getParameters().forEach(body::put);
        // Nobody reads the body, so the connection is of no use afterwards.
        request.response()
                .setStatusCode(problem.getStatusCode())
                .putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE)
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/problem+json")
                .end(body.encode())
                .onComplete(_ -> request.request().connection().close());
    }

    private static long declaredLength(RoutingContext request) {
        var length = request.request().getHeader(HttpHeaders.CONTENT_LENGTH);
        try {
            return length == null ? 0 : Long.parseLong(length);
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
