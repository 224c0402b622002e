package banking.e2e;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * A few things that one customer does, and all that the services say to it: the same whenever it is
 * told, but for ids, hashes and times, which are written as what they are.
 */
final class Story {

    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(30);
    private static final List<String> HEADERS = List.of("location", "etag", "content-type");

    private static final Pattern ID =
            Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
    private static final Pattern HASH = Pattern.compile("\"[0-9a-f]{64,66}\"");
    private static final Pattern TIME =
            Pattern.compile("\"\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{3}|\\.\\d{6})?Z\"");

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI commands;
    private final URI queries;
    private final List<String> said = new ArrayList<>();
    private final Map<String, String> ids = new HashMap<>();

    private Story(URI commands, URI queries) {
        this.commands = commands;
        this.queries = queries;
    }

    /** Tells it to a pair of services and returns what they said. */
    static List<String> told(URI commands, URI queries) throws IOException, InterruptedException {
        var story = new Story(commands, queries);
        story.tell();
        return story.said;
    }

    /** With letters, amounts, dates and digits that platforms see in different ways. */
    private void tell() throws IOException, InterruptedException {
        var owner = "I\u0131\u0130i " + UUID.randomUUID();
        var opening =
                "{\"owner\":\"" + owner + "\",\"currency\":\"JPY\",\"openingDeposit\":\"5000\"}";
        var account = made(post("/accounts", opening));
        var other = made(post("/accounts", "{\"owner\":\"\u00c9va\",\"currency\":\"JPY\"}"));
        post("/accounts", "{\"owner\":\" \",\"currency\":\"jpy\",\"openingDeposit\":\"\u0661\"}");
        post("/accounts/" + account + "/deposits", "{\"amount\":\"1.5\",\"currency\":\"JPY\"}");
        post("/accounts/" + account + "/deposits", "{\"amount\":\"1234567\",\"currency\":\"JPY\"}");
        post(
                "/accounts/" + account + "/holds",
                "{\"amount\":\"7\",\"currency\":\"JPY\",\"expires\":\"" + inAWeek() + "\"}");
        var transfer =
                post(
                        "/accounts/" + account + "/transfers",
                        "{\"to\":\"" + other + "\",\"amount\":\"70\",\"currency\":\"JPY\"}");
        get("/accounts/" + account + "?min-version=6");
        get(transfer.headers().firstValue("location").orElseThrow());
        get("/accounts/" + account + "/statement?min-version=6");
        get("/accounts/" + other + "?min-version=2");
        get("/accounts?owner=" + owner.replace(" ", "%20"));
        get("/accounts?limit=0");
        var domain = "BIG-" + UUID.randomUUID() + ".EXAMPLE";
        var customer =
                made(post("/customers", "{\"name\":\"Iris\",\"email\":\"IRIS@" + domain + "\"}"));
        get("/customers/" + customer + "?min-version=1");
        get("/customers?emailDomain=" + domain);
        ask(commands, "GET", "/streams/account/" + account + "/events", "auditor", "");
        ask(commands, "GET", "/streams/account/" + account + "/state", "auditor", "");
    }

    private static Instant inAWeek() {
        return Instant.now().plus(7, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS);
    }

    private static String made(HttpResponse<String> answer) {
        var id = ID.matcher(answer.headers().firstValue("location").orElseThrow());
        return id.results().findFirst().orElseThrow().group();
    }

    private HttpResponse<String> post(String path, String body)
            throws IOException, InterruptedException {
        return ask(commands, "POST", path, "teller", body);
    }

    private void get(String path) throws IOException, InterruptedException {
        ask(queries, "GET", path, "teller", "");
    }

    private HttpResponse<String> ask(
            URI service, String method, String path, String user, String body)
            throws IOException, InterruptedException {
        var credentials = (user + ":" + user).getBytes(StandardCharsets.US_ASCII);
        var answer =
                http.send(
                        HttpRequest.newBuilder(service.resolve(path))
                                .timeout(ANSWER_WITHIN)
                                .header(
                                        "Authorization",
                                        "Basic " + Base64.getEncoder().encodeToString(credentials))
                                .header("Content-Type", "application/json")
                                .method(method, BodyPublishers.ofString(body))
                                .build(),
                        BodyHandlers.ofString());
        var text = new StringBuilder(method + " " + path + " -> " + answer.statusCode());
        for (var header : HEADERS) {
            text.append('\n')
                    .append(header)
                    .append(": ")
                    .append(answer.headers().allValues(header));
        }
        said.add(timeless(text.append('\n').append(answer.body()).toString()));
        return answer;
    }

    private String timeless(String text) {
        var known =
                ID.matcher(text)
                        .replaceAll(id -> ids.computeIfAbsent(id.group(), _ -> "id " + ids.size()));
        return TIME.matcher(HASH.matcher(known).replaceAll("hash")).replaceAll("time");
    }
}
