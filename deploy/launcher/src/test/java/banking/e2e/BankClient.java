package banking.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import banking.events.Topic;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** The bank as its customers and operators reach it: over HTTP alone. */
final class BankClient {

    /** How long anything may take that is sure to happen, on a machine that is busy. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final Duration LOOK_EVERY = Duration.ofMillis(20);
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(30);
    private static final int PAGE = 500;
    private static final int MAX_PAGES = 1_000;

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final HttpClient HTTP =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(ANSWER_WITHIN)
                    .build();

    private final List<URI> commands;
    private final URI query;
    private final AtomicInteger turn = new AtomicInteger();

    /**
     * @param commands the instances of the command service, which get the commands by turns
     * @param query any instance of the query service
     */
    BankClient(List<URI> commands, URI query) {
        this.commands = List.copyOf(commands);
        this.query = query;
    }

    static ConditionFactory eventually() {
        return Awaitility.await()
                .atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(LOOK_EVERY);
    }

    /**
     * @throws IOException when no answer came, so that it is not known whether it was done
     */
    Answer give(Command command) throws IOException {
        return give(command, "teller");
    }

    /** The same as somebody else. */
    Answer give(Command command, String user) throws IOException {
        HttpResponse<String> response = send(request(command, user));
        return new Answer(command, response.statusCode(), JSON.readTree(response.body()));
    }

    /**
     * Gives commands in bulk.
     *
     * @throws IOException when no answer came, so that it is not known what was done
     */
    List<Answer> giveAll(List<Command> all) throws IOException {
        URI instance = commands.get(Math.floorMod(turn.getAndIncrement(), commands.size()));
        String body = JSON.writeValueAsString(all.stream().map(Command::item).toList());
        HttpResponse<String> response =
                send(
                        request(instance, "/commands", "teller")
                                .header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofString(body)));
        JsonNode results = JSON.readTree(response.body());
        List<Answer> answers = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            answers.add(
                    response.statusCode() == 200
                            ? Answer.of(all.get(i), results.get(i))
                            : new Answer(all.get(i), response.statusCode(), results));
        }
        return answers;
    }

    private HttpRequest.Builder request(Command command, String user) {
        URI instance = commands.get(Math.floorMod(turn.getAndIncrement(), commands.size()));
        return request(instance, command.path(), user)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", command.key())
                .header("X-Correlation-ID", command.key())
                .method(command.method(), BodyPublishers.ofString(command.body()));
    }

    /** Gives a transfer and looks at it, and has both followed. */
    void transferFollowed(Command transfer, String traceparent) throws IOException {
        String answer = send(request(transfer, "teller").header("traceparent", traceparent)).body();
        String path = "/transfers/" + json(answer).get("transferId").asText();
        eventually()
                .until(
                        () ->
                                send(request(query, path, "teller")
                                                        .header("traceparent", traceparent))
                                                .statusCode()
                                        == 200);
    }

    /** Gives a command to a bank in which everything runs. */
    Answer accepted(Command command) throws IOException {
        Answer answer = give(command);
        assertThat(answer.accepted()).as("%s", answer).isTrue();
        return answer;
    }

    JsonNode view(String account) {
        return get(query, "/accounts/" + account, "auditor");
    }

    /** The view once it has the version, for which the query waits. */
    JsonNode view(String account, long version) {
        return get(query, "/accounts/" + account + "?min-version=" + version, "teller");
    }

    /**
     * The view if it has the version, for which the query waits a moment.
     *
     * @throws IOException when no answer came
     */
    Optional<JsonNode> viewIfThere(String account, long version) throws IOException {
        String path = "/accounts/" + account + "?min-version=" + version;
        HttpResponse<String> response = send(request(query, path, "teller"));
        assertThat(response.statusCode()).as(response.body()).isIn(200, 412, 503);
        return response.statusCode() == 200
                ? Optional.of(JSON.readTree(response.body()))
                : Optional.empty();
    }

    List<JsonNode> statement(String account) {
        return pages(query, "/accounts/" + account + "/statement", "entries");
    }

    List<JsonNode> journal(String account) {
        return journal("account", account);
    }

    List<JsonNode> journal(String type, String id) {
        return pages(commands.getFirst(), "/streams/" + type + "/" + id + "/events", "events");
    }

    List<JsonNode> holds(String account) {
        return pages(query, "/accounts/" + account + "/holds", "holds");
    }

    JsonNode transfer(String id) {
        return get(query, "/transfers/" + id, "auditor");
    }

    JsonNode task(String id) {
        return get(query, "/tasks/" + id, "auditor");
    }

    /** All that the query service lists under a path, whose pages name it so too. */
    List<JsonNode> all(String what) {
        return pages(query, "/" + what, what);
    }

    JsonNode trialBalance() {
        return get(query, "/ledger/trial-balance", "auditor").get("currencies");
    }

    /** The account as its events say, and whether their hashes fit. */
    JsonNode replayed(String account) {
        return replayed("account", account);
    }

    JsonNode replayed(String type, String id) {
        return get(commands.getFirst(), "/streams/" + type + "/" + id + "/state", "auditor");
    }

    long unpublished() {
        return get(commands.getFirst(), "/outbox", "operator").get("unpublished").asLong();
    }

    /** Every view there is, by what it is a view of. */
    Map<String, List<JsonNode>> everythingOnTheQuerySide() {
        Map<String, List<JsonNode>> all = new TreeMap<>();
        for (JsonNode view : all("accounts")) {
            String account = view.get("accountId").asText();
            List<JsonNode> whole = new ArrayList<>(List.of(view));
            whole.addAll(statement(account));
            whole.addAll(holds(account));
            whole.addAll(pages(query, "/accounts/" + account + "/transfers", "transfers"));
            all.put(account, whole);
        }
        for (String what : List.of("customers", "companies", "employees", "approvals")) {
            all.put(what, all(what));
        }
        for (JsonNode task : all("tasks")) {
            String id = task.get("taskId").asText();
            all.put(id, List.of(task(id)));
        }
        all.put("ledger", List.of(trialBalance()));
        return all;
    }

    /**
     * Returns once nothing is under way any more: the outbox empty, every policy and every view at
     * the end of its topics, nothing parked, and nothing new in the outbox from the policies.
     */
    void awaitQuiet() {
        eventually()
                .ignoreExceptions()
                .untilAsserted(
                        () -> {
                            assertThat(unpublished()).isZero();
                            allIsReactedTo();
                            assertThat(unpublished()).isZero();
                            allIsRead();
                        });
    }

    private void allIsReactedTo() {
        JsonNode policies = get(commands.getFirst(), "/policies", "operator").get("policies");
        assertThat(policies).isNotEmpty();
        for (JsonNode policy : policies) {
            assertThat(policy.get("lag").asLong(-1)).as("%s", policy).isZero();
            assertThat(policy.get("parked").asLong()).as("%s", policy).isZero();
        }
    }

    private void allIsRead() {
        JsonNode projections = get(query, "/projections", "operator").get("projections");
        assertThat(projections).hasSize(Topic.ALL.size());
        for (JsonNode projection : projections) {
            assertThat(projection.get("parked").asLong()).as("parked").isZero();
            assertThat(projection.get("nameless").asLong()).as("nameless").isZero();
            assertThat(projection.get("failure").isNull()).as("%s", projection).isTrue();
            assertThat(projection.get("partitions"))
                    .hasSize(Topic.PARTITIONS)
                    .allMatch(partition -> partition.get("lag").asLong(-1) == 0);
        }
    }

    private static List<JsonNode> pages(URI service, String path, String items) {
        List<JsonNode> all = new ArrayList<>();
        String cursor = "";
        for (int i = 0; i < MAX_PAGES; i++) {
            JsonNode page = get(service, path + "?limit=" + PAGE + cursor, "auditor");
            page.get(items).forEach(all::add);
            if (!page.hasNonNull("next")) {
                return all;
            }
            cursor = "&after=" + page.get("next").asText();
        }
        throw new IllegalStateException(path + " has more than " + MAX_PAGES + " pages");
    }

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(text, e);
        }
    }

    /** What an operator has one of the command services do. */
    JsonNode operate(String path, String body) {
        try {
            HttpResponse<String> response =
                    send(
                            request(commands.getFirst(), path, "operator")
                                    .header("Content-Type", "application/json")
                                    .POST(BodyPublishers.ofString(body)));
            assertThat(response.statusCode()).as("%s: %s", path, response.body()).isEqualTo(200);
            return JSON.readTree(response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(path, e);
        }
    }

    /** What a supervisor decides. */
    Answer supervise(Command command) throws IOException {
        HttpResponse<String> response =
                send(
                        request(commands.getFirst(), command.path(), "supervisor")
                                .method(command.method(), BodyPublishers.noBody()));
        return new Answer(command, response.statusCode(), JSON.readTree(response.body()));
    }

    JsonNode export(String customer) {
        return get(commands.getFirst(), "/exports/customers/" + customer, "auditor");
    }

    JsonNode customer(String id) {
        return get(query, "/customers/" + id, "auditor");
    }

    /** What the topics have and the journal does not. */
    JsonNode lost() {
        return get(commands.getFirst(), "/streams/recovery", "auditor");
    }

    static JsonNode json(byte[] text) {
        return json(new String(text, StandardCharsets.UTF_8));
    }

    private static JsonNode get(URI service, String path, String user) {
        try {
            HttpResponse<String> response = send(request(service, path, user));
            assertThat(response.statusCode()).as("%s: %s", path, response.body()).isEqualTo(200);
            return JSON.readTree(response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(path, e);
        }
    }

    /** The users of a local bank have their names for passwords. */
    private static HttpRequest.Builder request(URI service, String path, String user) {
        byte[] credentials = (user + ":" + user).getBytes(StandardCharsets.UTF_8);
        return HttpRequest.newBuilder(service.resolve(path))
                .timeout(ANSWER_WITHIN)
                .header(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(credentials));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws IOException {
        try {
            return HTTP.send(request.build(), BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
