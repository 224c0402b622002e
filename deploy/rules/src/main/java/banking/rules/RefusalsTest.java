package banking.rules;

import static banking.rules.ApiCall.as;
import static banking.rules.ApiCall.body;
import static banking.rules.ApiCall.caller;
import static banking.rules.ApiCall.request;
import static banking.rules.ApiCall.send;
import static banking.rules.ApiCall.stranger;
import static io.restassured.RestAssured.given;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import banking.rules.ApiDocument.Operation;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/**
 * Calls every operation of a service into all that its document says it can be refused for; a test
 * of each service inherits it and adds what only that service knows.
 */
public abstract class RefusalsTest {

    /** What a request alone cannot bring about, and where it is tested. */
    private static final Map<String, String> ELSEWHERE =
            Map.of(
                    "too-many-requests", "a caller who asks too often: BoundsTest",
                    "too-many-waits", "a caller who waits too often: BoundsOfQueriesTest",
                    "internal-error", "a fault of ours: UnwritableAnswersTest",
                    "unavailable", "a database that is away: PassingFailuresTest",
                    "overloaded",
                            "many at once: OverloadTest, ExpensiveReadsTest, SharedLookupsTest",
                    "busy", "a stream that somebody holds: LockedStreamsTest",
                    "journal-behind", "a database that was put back: EndToEndTest",
                    "journal-tampered", "a state that was changed by hand: TamperingTest",
                    "stopping", "a service that ends: EdgeTest, EndToEndTest");

    private static final int MORE_THAN_A_BODY_MAY_HAVE = 70_000;

    private List<Operation> operations = List.of();
    private final Map<String, Set<String>> answered = new HashMap<>();

    /** Values of path parameters that name something. */
    protected abstract Map<String, Object> known();

    /** Values of path parameters that name nothing, where any id is not one. */
    protected abstract Map<String, Object> unknown();

    /** Bodies that are not valid, by operation; of all others an empty object is none. */
    protected abstract Map<String, String> invalidBodies();

    /** Bytes that are more than the operation's body may have. */
    protected int moreThanTheBodyMayHave(String id) {
        return MORE_THAN_A_BODY_MAY_HAVE;
    }

    /** Codes that would take too many requests, and that the tests of the domain have. */
    protected Set<String> tooMuchForARequest() {
        return Set.of();
    }

    /** Provokes what the service's own rules refuse. */
    protected abstract void provokeMore();

    @Test
    void every_operation_is_refused_as_its_document_says_and_not_otherwise() {
        operations = ApiDocument.read().operations();
        operations.forEach(this::provoke);
        provokeMore();

        var wrong = new ArrayList<String>();
        for (var operation : operations) {
            var answers = answered.getOrDefault(operation.id(), Set.of());
            var unheard = new TreeSet<>(operation.problems());
            unheard.removeAll(answers);
            unheard.removeAll(ELSEWHERE.keySet());
            unheard.removeAll(tooMuchForARequest());
            var undocumented = new TreeSet<>(answers);
            undocumented.removeAll(operation.problems());
            unheard.forEach(code -> wrong.add(operation.id() + " never answers " + code));
            undocumented.forEach(code -> wrong.add(operation.id() + " does not name " + code));
        }
        assertThat(wrong, empty());
    }

    private void provoke(Operation operation) {
        refuse(operation, "malformed-request", request(operation).queryParam("nonsense", 1));
        refuse(operation, "not-acceptable", request(operation).accept("application/xml"));
        refuse(operation, "not-authenticated", body(operation, given()));
        refuse(operation, "not-permitted", body(operation, as(stranger(operation))));
        guess(operation);
        if (!operation.method().equals("GET")) {
            refuse(
                    operation,
                    "cross-site-request",
                    request(operation).header("Origin", "https://elsewhere.example"));
        }
        if (operation.hasBody()) {
            refuse(
                    operation,
                    "payload-too-large",
                    as(caller(operation))
                            .contentType(ContentType.JSON)
                            .body("x".repeat(moreThanTheBodyMayHave(operation.id()))));
            refuse(
                    operation,
                    "unsupported-media-type",
                    as(caller(operation)).contentType(ContentType.TEXT).body("{}"));
            var invalid = invalidBodies().getOrDefault(operation.id(), "{}");
            refuse(
                    operation,
                    "invalid-request",
                    as(caller(operation)).contentType(ContentType.JSON).body(invalid));
        }
        if (operation.takes("If-Match")) {
            refuse(operation, "version-moved", request(operation).header("If-Match", "\"999\""));
        }
        if (operation.takes("Idempotency-Key")) {
            reuseTheKey(operation);
        }
        goBeyondBounds(operation);
        nameNothing(operation);
    }

    private void guess(Operation operation) {
        var burglar = "burglar-" + operation.id();
        Response answer;
        do {
            var login = given().auth().preemptive().basic(burglar, "guessed");
            answer = send(operation, body(operation, login), Map.of());
        } while (answer.statusCode() == 401);
        record(operation, answer, "too-many-tries");
    }

    private void reuseTheKey(Operation operation) {
        var key = UUID.randomUUID().toString();
        var other =
                operations.stream()
                        .filter(o -> o.takes("Idempotency-Key") && !o.equals(operation))
                        // A key is its caller's own.
                        .filter(o -> caller(o).equals(caller(operation)))
                        .findFirst()
                        .orElseThrow();
        send(other, request(other).header("Idempotency-Key", key), Map.of());
        refuse(
                operation,
                "idempotency-key-reused",
                request(operation).header("Idempotency-Key", key));
    }

    private void goBeyondBounds(Operation operation) {
        for (var parameter : operation.parameters()) {
            var schema = ApiDocument.object(parameter, "schema");
            var name = String.valueOf(parameter.get("name"));
            if ("query".equals(parameter.get("in")) && schema.get("minimum") instanceof Number n) {
                refuse(
                        operation,
                        "invalid-request",
                        request(operation).queryParam(name, n.longValue() - 1));
            }
        }
    }

    /** Each thing that the path names in turn is one that is not there. */
    private void nameNothing(Operation operation) {
        var names =
                operation.parameters().stream()
                        .filter(parameter -> "path".equals(parameter.get("in")))
                        .map(parameter -> String.valueOf(parameter.get("name")))
                        .toList();
        if (names.isEmpty() && operation.hasBody()) {
            note(operation, send(operation, request(operation), Map.of()));
        }
        for (var name : names) {
            var values = new HashMap<>(known());
            values.put(name, unknown().getOrDefault(name, UUID.randomUUID()));
            note(operation, send(operation, request(operation), values));
        }
    }

    /**
     * Provokes a refusal that only the service knows how to.
     *
     * @param values of the path's parameters
     * @param body JSON with single quotes; empty for what the operation's example has
     */
    protected final void provoke(String id, String code, Map<String, ?> values, String body) {
        assertThat(id, tryTo(id, values, body), equalTo(code));
    }

    /**
     * @return the code of the refusal
     */
    protected final String tryTo(String id, Map<String, ?> values, String body) {
        return tryTo(
                id,
                values,
                r ->
                        body.isEmpty()
                                ? r
                                : r.contentType(ContentType.JSON).body(body.replace('\'', '"')));
    }

    /** The same with all that a request can have. */
    protected final String tryTo(
            String id, Map<String, ?> values, UnaryOperator<RequestSpecification> more) {
        var operation =
                operations.stream().filter(o -> o.id().equals(id)).findFirst().orElseThrow();
        var answer = send(operation, more.apply(request(operation)), values);
        note(operation, answer);
        return String.valueOf(answer.<String>path("code"));
    }

    private void refuse(Operation operation, String code, RequestSpecification request) {
        record(operation, send(operation, request, known()), code);
    }

    private void record(Operation operation, Response answer, String code) {
        assertThat(operation + " " + answer.asString(), answer.path("code"), equalTo(code));
        note(operation, answer);
    }

    private void note(Operation operation, Response answer) {
        if (answer.statusCode() >= 400) {
            assertThat(answer.contentType(), startsWith("application/problem+json"));
            assertThat(answer.<Integer>path("status"), equalTo(answer.statusCode()));
            answered.computeIfAbsent(operation.id(), _ -> new TreeSet<>())
                    .add(answer.<String>path("code"));
        }
    }
}
