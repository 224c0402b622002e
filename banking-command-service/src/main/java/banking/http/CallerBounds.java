package banking.http;

import banking.http.BoundsConfig.Rate;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.github.bucket4j.Bucket;
import io.quarkiverse.resteasy.problem.HttpProblem;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.core.HttpHeaders;
import java.time.Duration;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Bounds how often one address and one caller may ask, so that nobody takes the service away from
 * the others. An address is looked at before anything is known of who calls, and of a caller's
 * requests each counts, whatever becomes of it.
 */
@ApplicationScoped
class CallerBounds {

    /** Of those who have asked, the least frequent are forgotten beyond this many. */
    static final int MOST_CALLERS = 10_000;

    /** What is saved up by who has been quiet. */
    static final Duration BURST = Duration.ofSeconds(2);

    /** After what refuses without looking at who asks. */
    private static final int BEFORE_THE_LOGIN = Integer.MIN_VALUE + 2;

    /** Before it is looked at what a caller may do. */
    private static final int ONCE_THE_CALLER_IS_KNOWN = Priorities.AUTHORIZATION - 1;

    private final LoadingCache<String, Bucket> addresses;
    private final LoadingCache<String, Bucket> callers;

    CallerBounds(BoundsConfig config) {
        addresses = buckets(config, config.address());
        callers = buckets(config, config.caller());
    }

    private static LoadingCache<String, Bucket> buckets(BoundsConfig config, Rate rate) {
        return Caffeine.newBuilder()
                .maximumSize(MOST_CALLERS)
                // What little there is to tidy up is not worth a thread.
                .executor(Runnable::run)
                .build(
                        name ->
                                bucket(
                                        rate.only().getOrDefault(name, rate.requestsPerSecond()),
                                        config.pods()));
    }

    /** Every process gives its part, so that all of them together give no more than the whole. */
    static Bucket bucket(int requestsPerSecond, int pods) {
        var part = Math.max(1, requestsPerSecond / pods);
        return Bucket.builder()
                .addLimit(
                        limit ->
                                limit.capacity(part * BURST.toSeconds())
                                        .refillGreedy(part, Duration.ofSeconds(1)))
                .withNanosecondPrecision()
                .build();
    }

    void bound(@Observes Router router) {
        router.route().order(BEFORE_THE_LOGIN).handler(this::checkAddress);
    }

    private void checkAddress(RoutingContext request) {
        var bucket = addresses.get(Logins.address(request));
        if (bucket.tryConsume(1)) {
            request.next();
        } else {
            RefusedRequests.answer(request, problem(bucket, "This address asks too often."));
        }
    }

    /**
     * @throws HttpProblem {@code too-many-requests}
     */
    @ServerRequestFilter(priority = ONCE_THE_CALLER_IS_KNOWN)
    public void checkCaller(RoutingContext request) {
        var bucket = ofCaller(request);
        if (!bucket.tryConsume(1)) {
            throw problem(bucket, "The caller asks too often.");
        }
    }

    /** What the caller may still ask. */
    Bucket ofCaller(RoutingContext request) {
        return callers.get(Permitted.caller(request).id());
    }

    static HttpProblem problem(Bucket bucket, String detail) {
        var nanos = bucket.estimateAbilityToConsume(1).getNanosToWaitForRefill();
        return Problems.builder(ProblemCode.TOO_MANY_REQUESTS, detail)
                .withHeader(HttpHeaders.RETRY_AFTER, Duration.ofNanos(nanos).toSeconds() + 1)
                .build();
    }
}
