package banking.problem;

import io.quarkus.runtime.configuration.MemorySize;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Answers what is refused before it reaches a resource in the form that all problems have. Only a
 * path or query that is no URI stays with the bare status 400: Quarkus refuses it in front of all
 * that can be hooked in.
 */
@ApplicationScoped
class RefusedRequests {

    /** Only what gives every answer its headers comes first. */
    private static final int BEFORE_THE_BODY = Integer.MIN_VALUE + 1;

    private final long maxBodyBytes;

    RefusedRequests(
            @ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize maxBodySize) {
        this.maxBodyBytes = maxBodySize.asLongValue();
    }

    void refuse(@Observes Router router) {
        router.route().order(BEFORE_THE_BODY).handler(this::checkLength);
    }

    private void checkLength(RoutingContext request) {
        if (declaredLength(request) > maxBodyBytes) {
            // Nobody reads the body, so the connection is of no use afterwards.
            request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
            answer(
                            request,
                            413,
                            "payload-too-large",
                            "Content Too Large",
                            "A body has at most " + maxBodyBytes + " bytes")
                    .onComplete(_ -> request.request().connection().close());
        } else {
            request.next();
        }
    }

    private static long declaredLength(RoutingContext request) {
        var length = request.request().getHeader(HttpHeaders.CONTENT_LENGTH);
        try {
            return length == null ? 0 : Long.parseLong(length);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private static Future<Void> answer(
            RoutingContext request, int status, String code, String title, String detail) {
        return request.response()
                .setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/problem+json")
                .end(
                        new JsonObject()
                                .put("type", Problems.type(code).toString())
                                .put("status", status)
                                .put("title", title)
                                .put("detail", detail)
                                .put(Problems.CODE, code)
                                .encode());
    }
}
