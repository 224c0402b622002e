package banking.http;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import banking.Bank;
import banking.CommandServiceTest;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bad input gets a clear answer and changes nothing; nothing that comes in is a 5xx. */
@CommandServiceTest
class MalformedRequestsTest {

    private static final String UNKNOWN = "01890a5d-ac96-774b-bcce-b302099a8057";

    static Stream<String> bodies() {
        return Stream.of(
                "",
                "null",
                "{",
                "[]",
                "\"text\"",
                "7",
                "{}",
                "{}{}",
                "\u0000",
                "{\"amount\":12.34,\"currency\":\"EUR\"}",
                "{\"amount\":true,\"currency\":\"EUR\"}",
                "{\"amount\":[\"1\"],\"currency\":\"EUR\"}",
                "{\"amount\":{},\"currency\":\"EUR\"}",
                "{\"amount\":\"-1\",\"currency\":\"EUR\"}",
                "{\"amount\":\"0\",\"currency\":\"EUR\"}",
                "{\"amount\":\"0.001\",\"currency\":\"EUR\"}",
                "{\"amount\":\"1.5\",\"currency\":\"JPY\"}",
                "{\"amount\":\"1e3\",\"currency\":\"EUR\"}",
                "{\"amount\":\"NaN\",\"currency\":\"EUR\"}",
                "{\"amount\":\"١\",\"currency\":\"EUR\"}",
                "{\"amount\":\" 1\",\"currency\":\"EUR\"}",
                "{\"amount\":\"10000000000.01\",\"currency\":\"EUR\"}",
                "{\"amount\":\"" + "9".repeat(5000) + "\",\"currency\":\"EUR\"}",
                "{\"amount\":\"1\",\"currency\":\"XAU\"}",
                "{\"amount\":\"1\",\"currency\":\"eur\"}",
                "{\"amount\":\"1\",\"currency\":\"\"}",
                "{\"amount\":\"1\",\"currency\":null}",
                "{\"amount\":\"1\"}",
                "{\"amount\":\"1\",\"amount\":\"2\",\"currency\":\"EUR\"}",
                "{\"amount\":\"1\",\"currency\":\"EUR\",\"surprise\":1}",
                "{\"amount\":\"1\",\"currency\":\"EUR\",\"reference\":\"\\u0000\"}",
                "{\"amount\":\"1\",\"currency\":\"EUR\",\"reference\":\"a\\ud800b\"}",
                "{\"amount\":\"1\",\"currency\":\"EUR\",\"reference\":5}",
                "{\"amount\":\"1\",\"currency\":\"EUR\",\"reference\":\"" + "x".repeat(141) + "\"}",
                "[".repeat(2000));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"amount\":12.34,\"currency\":\"EUR\"}",
                "{\"amount\":true,\"currency\":\"EUR\"}",
                "{\"amount\":{},\"currency\":\"EUR\"}"
            })
    void the_detail_names_the_member_and_none_of_our_classes(String body) {
        Bank.teller()
                .body(body)
                .post("/accounts/{id}/deposits", Bank.open("1.00"))
                .then()
                .statusCode(400)
                .body("detail", equalTo("The member amount is not of the type expected here."));
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void a_body_that_is_no_deposit_is_refused(String body) {
        var account = Bank.open("1.00");

        var answer = Bank.teller().body(body).post("/accounts/{id}/deposits", account);

        refused(answer);
        assertThat(Bank.balance(account)).isEqualTo("1.00");
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void a_body_that_is_no_opening_is_refused(String body) {
        var before = Bank.count("stream");

        refused(Bank.teller().body(body.replace("amount", "openingDeposit")).post("/accounts"));

        assertThat(Bank.count("stream")).isEqualTo(before);
    }

    static Stream<Arguments> requestsAboutPeople() {
        return Stream.of(
                        new Endpoint("POST", "/customers"),
                        new Endpoint("PUT", "/customers/" + UNKNOWN + "/email"),
                        new Endpoint("POST", "/companies"),
                        new Endpoint("POST", "/employees"),
                        new Endpoint("POST", "/tasks"),
                        new Endpoint("PUT", "/tasks/" + UNKNOWN + "/assignee"),
                        new Endpoint("POST", "/tasks/" + UNKNOWN + "/comments"))
                .flatMap(endpoint -> bodiesOfPeople().map(body -> Arguments.of(endpoint, body)));
    }

    record Endpoint(String method, String path) {}

    private static Stream<String> bodiesOfPeople() {
        return Stream.of(
                "",
                "null",
                "{",
                "[]",
                "7",
                "{}",
                "{\"name\":7,\"email\":\"a@b.example\",\"emailDomain\":\"b.example\"}",
                "{\"name\":\"A\",\"email\":7}",
                "{\"name\":\"A\",\"email\":null}",
                "{\"name\":\"A\",\"email\":[\"a@b.example\"]}",
                "{\"name\":\"A\",\"email\":\"a@b\"}",
                "{\"name\":\"A\",\"email\":\"a\\r\\nBcc: x@b.example\"}",
                "{\"name\":\"A\",\"email\":\"" + "a".repeat(300) + "@b.example\"}",
                "{\"name\":\"" + "x".repeat(101) + "\",\"email\":\"a@b.example\"}",
                "{\"name\":\"\\u0000\",\"email\":\"a@b.example\"}",
                "{\"name\":\"A\\r\\nBcc: x\"}",
                "{\"name\":\" \"}",
                "{\"name\":\"A\",\"email\":\"boo\\u212a@b.example\"}",
                "{\"name\":\"A\",\"email\":\"a@boo\\u212a.example\"}",
                "{\"name\":\"A\",\"emailDomain\":\"boo\\u212a.example\"}",
                "{\"name\":\"A\",\"emailDomain\":\"localhost\"}",
                "{\"name\":\"A\",\"emailDomain\":\"-.example\"}",
                "{\"name\":\"A\",\"customerId\":\"x\"}",
                "{\"name\":\"A\",\"customerId\":\"" + UNKNOWN + "\"}",
                "{\"email\":\"\"}",
                "{\"employeeId\":\"x\"}",
                "{\"employeeId\":\"" + UNKNOWN + "\"}",
                "{\"employeeId\":null}",
                "{\"text\":\"\\u0007\"}",
                "{\"text\":\"a\"}",
                "{\"text\":\"" + "x".repeat(1001) + "\"}",
                "[".repeat(2000));
    }

    @ParameterizedTest
    @MethodSource("requestsAboutPeople")
    void a_body_that_makes_no_sense_of_people_and_tasks_is_refused(Endpoint endpoint, String body) {
        var before = Bank.count("stream");

        refused(Bank.teller().body(body).request(endpoint.method(), endpoint.path()));

        assertThat(Bank.count("stream")).isEqualTo(before);
    }

    @Test
    void a_name_is_kept_in_one_form_however_it_was_typed() {
        for (var typed : new String[] {"Jos\u00e9", "Jose\u0301"}) {
            Bank.teller()
                    .body(Map.of("owner", typed, "currency", "EUR"))
                    .post("/accounts")
                    .then()
                    .statusCode(201)
                    .body("owner", equalTo("Jos\u00e9"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"\u00a0", "\u200b", "a\u202eb", "a\u2028b", "a\u0085b", "a\u009bb", "-"})
    void a_name_that_shows_as_another_or_as_none_is_refused(String name) {
        Bank.teller()
                .body(Map.of("owner", name, "currency", "EUR"))
                .post("/accounts")
                .then()
                .statusCode(422)
                .body("violations.field", contains("owner"));
        Bank.teller()
                .body(Map.of("name", name))
                .post("/tasks")
                .then()
                .statusCode(422)
                .body("violations.field", contains("name"));
    }

    @Test
    void every_violation_is_listed() {
        Bank.teller()
                .body(
                        """
                        {"owner":" ","currency":"EURO","openingDeposit":"one"}""")
                .post("/accounts")
                .then()
                .statusCode(422)
                .body("code", equalTo("invalid-request"))
                .body(
                        "violations.field",
                        containsInAnyOrder("owner", "currency", "openingDeposit"));
    }

    @ParameterizedTest
    @CsvSource({
        "POST,/accounts/not-a-uuid/deposits,400",
        "POST,/accounts/1-1-1-1-1/deposits,400",
        "DELETE,/accounts/%00,400",
        "DELETE,/accounts/" + UNKNOWN + ",404",
        "DELETE,/accounts/%F0%9F%92%B0,400",
        "DELETE,/accounts/%EF%BC%901890a5d-ac96-774b-bcce-b302099a8057,400",
        "DELETE,/accounts/%2B1890a5d-ac96-774b-bcce-b302099a8057,400",
        "DELETE,/accounts/" + UNKNOWN + "?force=true,400",
        "DELETE,/accounts/..%2F..%2Fetc,400",
        "POST,/tasks/not-a-uuid/completion,400",
        "POST,/tasks/" + UNKNOWN + "/completion,404",
        "GET,/customers,405",
        "GET,/nothing,404",
        "GET,/accounts,405",
        "PATCH,/accounts,405",
        "GET,/accounts/" + UNKNOWN + ",405",
    })
    void a_path_or_method_that_does_not_exist_is_refused(String method, String path, int status) {
        var request = Bank.teller().urlEncodingEnabled(false);
        if (method.equals("POST")) {
            request.body(Bank.movement("1.00"));
        }
        var answer = request.request(method, path);

        refused(answer);
        assertThat(answer.statusCode()).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({
        "/streams/account?limit=0,422",
        "/streams/account?limit=1001,422",
        "/streams/account?limit=x,400",
        "/streams/account?limit=99999999999999999999,400",
        "/streams/account?after=x,400",
        "/streams/account?limt=10,400",
        "/streams/account?limit=10&limit=10,400",
        "/streams/account/" + UNKNOWN + "/state?at=7,400",
        "/outbox?shard=1,400",
        "/stories,422",
        "/stories?actor=%00,422",
        "/stories?actor=teller&from=x,400",
        "/stories?actor=teller&limit=1001,422",
        "/stories?actor=teller&after=x,422",
        "/stories?actor=teller&after=" + UNKNOWN + ":1&until=2026-01-01T00:00:00Z,400",
        "/stories/%00,422",
        "/stories/x?limit=0,422",
        "/stories/x?after=1,422",
        "/streams/wallet,404",
        "/streams/%00,404",
        "/streams/account/x/events,400",
        "/streams/account/" + UNKNOWN + "/events,404",
        "/streams/account/" + UNKNOWN + "/state,404",
        "/streams/account/" + UNKNOWN + "/state?version=0,422",
    })
    void a_question_that_makes_no_sense_is_refused(String path, int status) {
        var answer = Bank.as("auditor").urlEncodingEnabled(false).get(path);

        refused(answer);
        assertThat(answer.statusCode()).isEqualTo(status);
    }

    /** So that a client is generated with them; here each kind of id is a type. */
    @Test
    void the_document_says_that_ids_are_uuids() {
        var document = given().accept("application/json").get("/q/openapi").asString();
        Map<String, Object> schemas = JsonPath.from(document).getMap("components.schemas");
        schemas.keySet().removeIf(name -> !name.endsWith("Id"));

        assertThat(schemas).containsKey("AccountId");
        assertThat(schemas.values()).containsOnly(Map.of("type", "string", "format", "uuid"));
    }

    @Test
    void a_parameter_that_is_not_known_is_answered_with_those_that_are() {
        Bank.as("auditor")
                .get("/streams/account?limt=10")
                .then()
                .statusCode(400)
                .body("code", equalTo("malformed-request"))
                .body("detail", equalTo("The parameters here are, once each: after, limit"));
    }

    @ParameterizedTest
    @CsvSource({
        "auditor,GET,/streams/account",
        "auditor,GET,/streams/account?limit=0",
        "auditor,GET,/streams/account?limt=0",
        "auditor,GET,/nothing",
        "auditor,DELETE,/streams/account",
        "teller,GET,/streams/account",
        "nobody,GET,/streams/account",
        "teller,POST,/accounts",
        "teller,OPTIONS,/accounts",
        "nobody,OPTIONS,/accounts",
    })
    void no_answer_is_kept_or_taken_for_anything_else_or_shown_to_another_site(
            String user, String method, String path) {
        Bank.as(user)
                .contentType("application/json")
                .header("Origin", "https://elsewhere.example")
                .header("Access-Control-Request-Method", "POST")
                .request(method, path)
                .then()
                .header("Cache-Control", equalTo("no-store"))
                .header("X-Content-Type-Options", equalTo("nosniff"))
                .header("Server", nullValue())
                .header("X-Powered-By", nullValue())
                .header("Access-Control-Allow-Origin", nullValue())
                .header("Access-Control-Allow-Methods", nullValue());
    }

    @Test
    void a_body_that_is_not_json_is_refused() {
        var answer =
                Bank.as("teller")
                        .contentType("text/plain")
                        .body("1")
                        .post("/accounts/{id}/deposits", UNKNOWN);

        refused(answer);
        assertThat(answer.statusCode()).isEqualTo(415);
    }

    @Test
    void a_body_that_is_too_large_is_refused_before_it_is_sent() throws IOException {
        try (var socket = new Socket("localhost", RestAssured.port)) {
            socket.setSoTimeout(10_000);
            var request =
                    "POST /accounts HTTP/1.1\r\nHost: localhost\r\nContent-Length: 65537\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(answer)
                    .startsWith("HTTP/1.1 413 ")
                    .containsIgnoringCase("Cache-Control: no-store")
                    .containsIgnoringCase("X-Content-Type-Options: nosniff")
                    .containsIgnoringCase("Content-Type: application/problem+json")
                    .contains("\"code\":\"payload-too-large\"");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Basic !",
                "Basic dGVsbGVyOndyb25n",
                "Basic bm9ib2R5Og==",
                "Basic dGVsbGVy",
                "Bearer x",
            })
    void who_is_not_known_gets_nowhere(String authorization) {
        var answer =
                given().header("Authorization", authorization)
                        .contentType("application/json")
                        .body("{\"owner\":\"Alice\",\"currency\":\"EUR\"}")
                        .post("/accounts");

        assertThat(answer.statusCode()).isEqualTo(401);
        refused(answer);
    }

    @ParameterizedTest
    @CsvSource({
        "auditor,POST,/accounts",
        "operator,POST,/accounts",
        "auditor,POST,/accounts/" + UNKNOWN + "/deposits",
        "auditor,POST,/accounts/" + UNKNOWN + "/withdrawals",
        "auditor,POST,/accounts/" + UNKNOWN + "/freeze",
        "auditor,POST,/accounts/" + UNKNOWN + "/unfreeze",
        "auditor,PUT,/accounts/" + UNKNOWN + "/overdraft-limit",
        "auditor,DELETE,/accounts/" + UNKNOWN,
        "auditor,POST,/customers",
        "operator,PUT,/customers/" + UNKNOWN + "/email",
        "auditor,POST,/companies",
        "auditor,POST,/employees",
        "auditor,POST,/tasks",
        "auditor,PUT,/tasks/" + UNKNOWN + "/assignee",
        "auditor,POST,/tasks/" + UNKNOWN + "/comments",
        "auditor,POST,/tasks/" + UNKNOWN + "/completion",
        "teller,GET,/outbox",
        "teller,GET,/streams/account",
        "teller,GET,/streams/account/" + UNKNOWN + "/events",
        "teller,GET,/streams/account/" + UNKNOWN + "/state",
        "teller,GET,/stories/x",
        "teller,GET,/stories?actor=teller",
    })
    void who_has_another_role_may_not(String user, String method, String path) {
        var answer = Bank.as(user).contentType("application/json").request(method, path);

        assertThat(answer.statusCode()).isEqualTo(403);
        refused(answer);
    }

    private static void refused(Response answer) {
        assertThat(answer.statusCode()).isBetween(400, 499);
        assertThat(answer.contentType()).startsWith("application/problem+json");
        var code = answer.<String>path("code");
        assertThat(answer.<Integer>path("status")).isEqualTo(answer.statusCode());
        assertThat(answer.<String>path("type")).isEqualTo("urn:banking:problem:" + code);
    }
}
