package banking.benchmark;

import banking.events.Topic;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;

/** The two services as a caller sees them, one request at a time. */
final class Services {

    private static final Duration QUIET_WITHIN = Duration.ofMinutes(15);
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final int POLL_MILLIS = 20;

    /** The outbox may be empty between two batches; three times in a row it is not by chance. */
    private static final int EMPTY_LOOKS = 3;

    private static final JsonMapper JSON = new JsonMapper();

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI command;
    private final URI query;

    Services(URI command, URI query) {
        this.command = command;
        this.query = query;
    }

    /**
     * @param lag records in Kafka that the views have not taken in
     */
    record Backlog(long unpublished, long lag) {

        boolean isEmpty() {
            return unpublished == 0 && lag == 0;
        }

        long events() {
            return unpublished + lag;
        }
    }

    /** Opens an account, and gives its id. */
    String open() throws IOException, InterruptedException {
        return post("/accounts", "{\"owner\":\"Alice\",\"currency\":\"EUR\"}")
                .get("accountId")
                .textValue();
    }

    /** Deposits, and gives the version that this made. */
    long deposit(String account) throws IOException, InterruptedException {
        return deposit(account, "1.00");
    }

    long deposit(String account, String amount) throws IOException, InterruptedException {
        String body = "{\"amount\":\"" + amount + "\",\"currency\":\"EUR\"}";
        return post("/accounts/" + account + "/deposits", body).get("version").longValue();
    }

    /** Transfers one euro, and gives the version of the account that has paid it. */
    long transfer(String from, String to) throws IOException, InterruptedException {
        var body = "{\"to\":\"" + to + "\",\"amount\":\"1.00\",\"currency\":\"EUR\"}";
        var answer = send(posting("/accounts/" + from + "/transfers", body));
        var version = answer.headers().firstValue("ETag").orElseThrow();
        return Long.parseLong(version.replace("\"", ""));
    }

    private JsonNode post(String path, String body) throws IOException, InterruptedException {
        return json(posting(path, body));
    }

    private HttpRequest.Builder posting(String path, String body) {
        return request(command, path, "teller")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body));
    }

    /** Returns once the query service shows the account with at least this version. */
    void awaitVisible(String account, long version) throws IOException, InterruptedException {
        json(request(query, "/accounts/" + account + "?min-version=" + version, "teller"));
    }

    /** Waits until all that was committed is in Kafka. */
    void awaitPublished() throws IOException, InterruptedException {
        long deadline = System.nanoTime() + QUIET_WITHIN.toNanos();
        for (int empty = 0; empty < EMPTY_LOOKS; ) {
            long unpublished = unpublished();
            empty = unpublished == 0 ? empty + 1 : 0;
            pause(deadline, "Not published: " + unpublished);
        }
    }

    /** Waits until all that was committed is in the views, and says how much was missing. */
    Backlog awaitDrained() throws IOException, InterruptedException {
        long deadline = System.nanoTime() + QUIET_WITHIN.toNanos();
        Backlog first = backlog();
        for (Backlog now = first; !now.isEmpty(); now = backlog()) {
            pause(deadline, "Not in the views: " + now);
        }
        return first;
    }

    private static void pause(long deadline, String otherwise) throws InterruptedException {
        if (System.nanoTime() > deadline) {
            throw new IllegalStateException(otherwise + " after " + QUIET_WITHIN);
        }
        Thread.sleep(POLL_MILLIS);
    }

    /** The outbox first: what leaves it is in Kafka before Kafka is asked. */
    private Backlog backlog() throws IOException, InterruptedException {
        long unpublished = unpublished();
        long lag = 0;
        for (JsonNode projection :
                json(request(query, "/projections", "operator")).get("projections")) {
            if (projection.get("parked").longValue() > 0) {
                throw new IllegalStateException("Parked: " + projection);
            }
            int known = 0;
            for (JsonNode partition : projection.get("partitions")) {
                JsonNode behind = partition.path("lag");
                if (behind.isNumber()) {
                    lag += behind.longValue();
                    known++;
                }
            }
            // A partition that nobody knows about is not drained.
            lag += Topic.PARTITIONS - known;
        }
        return new Backlog(unpublished, lag);
    }

    private long unpublished() throws IOException, InterruptedException {
        return json(request(command, "/outbox", "operator")).get("unpublished").longValue();
    }

    private static HttpRequest.Builder request(URI service, String path, String user) {
        String credentials =
                Base64.getEncoder()
                        .encodeToString((user + ":" + user).getBytes(StandardCharsets.UTF_8));
        return HttpRequest.newBuilder(service.resolve(path))
                .timeout(TIMEOUT)
                .header("Authorization", "Basic " + credentials);
    }

    private JsonNode json(HttpRequest.Builder request) throws IOException, InterruptedException {
        return JSON.readTree(send(request).body());
    }

    private HttpResponse<String> send(HttpRequest.Builder request)
            throws IOException, InterruptedException {
        var response = http.send(request.build(), BodyHandlers.ofString());
        if (response.statusCode() >= 300) {
            throw new IllegalStateException(
                    response.request().uri() + ": " + response.statusCode() + response.body());
        }
        return response;
    }
}
