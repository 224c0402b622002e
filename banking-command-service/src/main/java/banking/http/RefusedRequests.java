package banking.http;

import io.quarkiverse.resteasy.problem.HttpProblem;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.configuration.MemorySize;
import io.vertx.core.VertxException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Refuses what needs no resource to be refused, and everything once the service is to stop, in the
 * form that all problems have. Only a request line that is none stays with the bare status 400:
 * Quarkus refuses it in front of all that can be hooked in.
 */
@ApplicationScoped
class RefusedRequests {

    /** Only what gives every answer its headers comes first. */
    private static final int BEFORE_THE_BODY = Integer.MIN_VALUE + 1;

    /** What the platform asks of the process itself, such as its health. */
    private static final String OF_THE_PLATFORM = "/q/";

    /** HTTP/2's code for an answer that did not need the rest of the request. */
    private static final long NO_ERROR = 0;

    private final long maxBodyBytes;
    private volatile boolean stopping;

    RefusedRequests(
            @ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize maxBodySize) {
        maxBodyBytes = maxBodySize.asLongValue();
    }

    void refuse(@Observes Router router) {
        router.route()
                .order(BEFORE_THE_BODY)
                .handler(this::check)
                .failureHandler(RefusedRequests::tellWhatIsMissing);
    }

    /** What was taken before is still answered. */
    void stop(@Observes ShutdownDelayInitiatedEvent event) {
        stopping = true;
    }

    private void check(RoutingContext request) {
        if (stopping && !request.normalizedPath().startsWith(OF_THE_PLATFORM)) {
            // A connection that is closed before all was read of it is reset, answer and all.
            request.request().resume().end().onComplete(_ -> answer(request, stopping()));
        } else if (declaredLength(request) > maxBodyBytes) {
            answer(request, tooLarge(maxBodyBytes));
        } else if (ForeignPages.sent(request.request())) {
            answer(request, crossSite());
        } else {
            request.next();
        }
    }

    private static HttpProblem stopping() {
        return Problems.of(ProblemCode.STOPPING, "Another instance may take it.");
    }

    private static HttpProblem crossSite() {
        return Problems.of(
                ProblemCode.CROSS_SITE_REQUEST,
                "A page of another site may not have a browser send this.");
    }

    private static HttpProblem withoutHostOrPath() {
        return Problems.malformed("A request names its host, and a path that begins with a slash.");
    }

    static HttpProblem tooLarge(long maxBodyBytes) {
        return Problems.of(
                ProblemCode.PAYLOAD_TOO_LARGE, "A body has at most " + maxBodyBytes + " bytes.");
    }

    /** Vert.x refuses such a request itself, and Quarkus would log that as a failure of ours. */
    private static void tellWhatIsMissing(RoutingContext request) {
        if (request.statusCode() == 400 && request.failure() instanceof VertxException) {
            answer(request, withoutHostOrPath());
        } else {
            request.next();
        }
    }

    /**
     * Whether or not the body was read, the connection is of no use afterwards. In HTTP/2 that is
     * so of the request's own stream, and others go on beside it (RFC 9113, 8.1 and 8.2.2).
     */
    static void answer(RoutingContext request, HttpProblem problem) {
        var body =
                new JsonObject()
                        .put("type", String.valueOf(problem.getType()))
                        .put("status", problem.getStatusCode())
                        .put("title", problem.getTitle())
                        .put("detail", problem.getDetail());
        problem.getParameters().forEach(body::put);
        var response = request.response().setStatusCode(problem.getStatusCode());
        problem.getHeaders().forEach((name, value) -> response.putHeader(name, value.toString()));
        response.putHeader(HttpHeaders.CONTENT_TYPE, "application/problem+json");
        if (request.request().version() == HttpVersion.HTTP_2) {
            response.end(body.encode()).onComplete(_ -> response.reset(NO_ERROR));
        } else {
            response.putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE)
                    .end(body.encode())
                    .onComplete(_ -> request.request().connection().close());
        }
    }

    static long declaredLength(RoutingContext request) {
        var length = request.request().getHeader(HttpHeaders.CONTENT_LENGTH);
        try {
            return length == null ? 0 : Long.parseLong(length);
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
