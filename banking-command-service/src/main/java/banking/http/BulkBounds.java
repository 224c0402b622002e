package banking.http;

import io.quarkiverse.resteasy.problem.HttpProblem;
import io.quarkus.vertx.http.runtime.VertxHttpRecorder;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How much may come in bulk. A bulk may be larger than other requests, so one caller may have few
 * of them open; and what it does to the bank is that of so many requests, so it counts as so many.
 */
@ApplicationScoped
class BulkBounds {

    static final String PATH = "/commands";
    static final int MOST_OPEN = 4;
    static final long MOST_BYTES_OF_OTHERS = 64 * 1024L;

    /** After what refuses without looking at who asks. */
    private static final int BEFORE_THE_LOGIN = Integer.MIN_VALUE + 2;

    /** Quarkus looks who it is at -200, and bodies are read at 0 and later. */
    private static final int ONCE_THE_CALLER_IS_KNOWN = -90;

    /** Quarkus says at -2 what a body may have that does not say its length. */
    private static final int ONCE_BODIES_ARE_BOUNDED = -1;

    private final CallerBounds callers;
    private final Map<String, Integer> open = new ConcurrentHashMap<>();

    BulkBounds(CallerBounds callers) {
        this.callers = callers;
    }

    void bound(@Observes Router router) {
        router.route().order(BEFORE_THE_LOGIN).handler(BulkBounds::checkLength);
        router.route().order(ONCE_BODIES_ARE_BOUNDED).handler(BulkBounds::boundLength);
        router.post(PATH).order(ONCE_THE_CALLER_IS_KNOWN).handler(this::enter);
    }

    private static boolean isBulk(RoutingContext request) {
        return PATH.equals(request.request().path());
    }

    private static void checkLength(RoutingContext request) {
        if (RefusedRequests.declaredLength(request) > MOST_BYTES_OF_OTHERS && !isBulk(request)) {
            RefusedRequests.answer(request, RefusedRequests.tooLarge(MOST_BYTES_OF_OTHERS));
        } else {
            request.next();
        }
    }

    private static void boundLength(RoutingContext request) {
        if (request.get(VertxHttpRecorder.MAX_REQUEST_SIZE_KEY) != null && !isBulk(request)) {
            request.put(VertxHttpRecorder.MAX_REQUEST_SIZE_KEY, MOST_BYTES_OF_OTHERS);
        }
        request.next();
    }

    private void enter(RoutingContext request) {
        if (request.user() == null) {
            // Whoever it is gets no further than this.
            request.next();
            return;
        }
        var caller = Permitted.caller(request).id();
        if (open.merge(caller, 1, Integer::sum) > MOST_OPEN) {
            leave(caller);
            RefusedRequests.answer(request, tooManyOpen());
        } else {
            request.addEndHandler(_ -> leave(caller));
            request.next();
        }
    }

    private void leave(String caller) {
        open.computeIfPresent(caller, (_, bulks) -> bulks == 1 ? null : bulks - 1);
    }

    private static HttpProblem tooManyOpen() {
        return Problems.builder(
                        ProblemCode.TOO_MANY_REQUESTS,
                        "The caller has " + MOST_OPEN + " bulks under way; nothing was done.")
                .withHeader(HttpHeaders.RETRY_AFTER.toString(), 1)
                .build();
    }

    /**
     * Counts the commands, of which one is counted as a request already. Whoever has asked for less
     * than is allowed may begin a bulk; what it is above that is waited for afterwards.
     *
     * @throws HttpProblem {@code too-many-requests} for a caller who has to wait for that
     */
    void count(int commands, RoutingContext request) {
        var bucket = callers.ofCaller(request);
        if (bucket.getAvailableTokens() < 0) {
            throw CallerBounds.problem(bucket, "The caller asks too often.");
        }
        bucket.consumeIgnoringRateLimits(Math.max(1, commands - 1));
    }
}
