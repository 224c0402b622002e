package banking.rules;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThan;

import io.restassured.RestAssured;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Thousands of requests that are nearly right, made from the service's own document: none fails the
 * service, none hangs, each refusal is a problem document that tells nothing of the inside, and
 * what is refused has changed nothing. A test of each service inherits it.
 *
 * <p>{@code -Dbank.hostile.requests} says how many, {@code -Dbank.hostile.seed} which.
 */
public abstract class HostileInputTest {

    private static final int REQUESTS = Integer.getInteger("bank.hostile.requests", 10_000);
    private static final long SEED = Long.getLong("bank.hostile.seed", 20_261_127);
    private static final int CALLERS = 4;
    private static final int TOLD = 20;
    private static final Pattern FROM_INSIDE =
            Pattern.compile("\\tat |Exception|java\\.|\\.java|org\\.|io\\.(quarkus|vertx)|select ");

    /**
     * Those of the stories that have changed something. Each request names one of its own.
     *
     * @param prefix what all of them begin with
     */
    protected abstract Set<String> storiesWithEvents(String prefix);

    @Test
    void no_request_however_malformed_does_harm() throws Exception {
        var prefix = "hostile-" + SEED + "-" + System.nanoTime() + "-";
        var refused = ConcurrentHashMap.<String>newKeySet();
        var faults = new ConcurrentLinkedQueue<String>();
        var accepted = new AtomicInteger();
        var requests =
                new HostileRequests(
                        "http://127.0.0.1:" + RestAssured.port,
                        ApiDocument.read().operations(),
                        ApiCall.USERS);
        try (var callers = Executors.newFixedThreadPool(CALLERS);
                var http = HttpClient.newHttpClient()) {
            var running = new ArrayList<Future<?>>();
            for (int caller = 0; caller < CALLERS; caller++) {
                var mine = caller;
                running.add(
                        callers.submit(
                                () -> {
                                    var random = new Random(SEED + mine);
                                    for (int i = mine; i < REQUESTS; i += CALLERS) {
                                        var request = requests.next(random, prefix + i);
                                        var status = judge(http, request, requests, faults);
                                        if (status >= 400) {
                                            refused.add(prefix + i);
                                        } else if (status >= 200) {
                                            accepted.incrementAndGet();
                                        }
                                    }
                                }));
            }
            await(running);
        }
        assertThat("seed " + SEED, faults.stream().limit(TOLD).toList(), empty());
        // Else all of them may have been refused for one and the same reason.
        assertThat(accepted.get(), greaterThan(REQUESTS / 20));
        refused.retainAll(storiesWithEvents(prefix));
        assertThat("refused, and yet something has changed", refused, empty());
    }

    private static void await(List<Future<?>> running)
            throws InterruptedException, ExecutionException {
        for (var caller : running) {
            caller.get();
        }
    }

    /** The answer's status; 0 where there was none. */
    private static int judge(
            HttpClient http, HttpRequest request, HostileRequests requests, Queue<String> faults) {
        try {
            var answer = send(http, request);
            requests.learn(answer.body());
            var fault = fault(request, answer);
            if (!fault.isEmpty()) {
                faults.add(fault + ": " + told(request, answer));
            }
            return answer.statusCode();
        } catch (IOException e) {
            faults.add(e + ": " + request + " " + request.headers().map());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return 0;
    }

    /** A connection that the service has just ended may be chosen once more, but not twice. */
    private static HttpResponse<String> send(HttpClient http, HttpRequest request)
            throws IOException, InterruptedException {
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (HttpTimeoutException e) {
            throw e;
        } catch (IOException e) {
            return http.send(request, BodyHandlers.ofString());
        }
    }

    private static String fault(HttpRequest request, HttpResponse<String> answer) {
        var status = answer.statusCode();
        if (status >= 500
                && !(status == 503 && answer.headers().map().containsKey("retry-after"))) {
            return "failed";
        }
        if (status < 400 || request.method().equals("HEAD")) {
            return "";
        }
        if (!answer.headers().firstValue("content-type").orElse("").contains("problem+json")) {
            return "no problem document";
        }
        return FROM_INSIDE.matcher(answer.body()).find() ? "tells of the inside" : "";
    }

    private static String told(HttpRequest request, HttpResponse<String> answer) {
        return answer.version()
                + " "
                + request.method()
                + " "
                + request.uri()
                + " "
                + request.headers().map()
                + " -> "
                + answer.statusCode()
                + " "
                + answer.headers().map()
                + " "
                + answer.body().substring(0, Math.min(300, answer.body().length()));
    }
}
