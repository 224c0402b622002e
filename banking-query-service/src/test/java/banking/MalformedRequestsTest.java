package banking;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import banking.embedded.BankTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever comes in, the answer is the client's fault, says so, and says why. */
@QuarkusTest
@QuarkusTestResource(
        value = BankTestResource.class,
        initArgs = @ResourceArg(name = "service", value = "query"))
class MalformedRequestsTest {

    private static final String ID = UUID.randomUUID().toString();
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.1 (\\d{3}) .*");

    @ParameterizedTest
    @CsvSource({
        "/accounts/not-a-uuid, 400, malformed-request",
        "/accounts/1-1-1-1-1, 400, malformed-request",
        "/accounts/%00, 400, malformed-request",
        "/accounts/123456789012345678901234567890123456789, 400, malformed-request",
        "/accounts/{id}?min-version=x, 400, malformed-request",
        "/accounts/{id}?min-version=99999999999999999999, 400, malformed-request",
        "/accounts/{id}?min-version=-1, 422, invalid-request",
        "/accounts/{id}?min-version=1.5, 400, malformed-request",
        "/accounts?limit=0, 422, invalid-request",
        "/accounts?limit=501, 422, invalid-request",
        "/accounts?limit=1e3, 400, malformed-request",
        "/accounts?limit=4294967297, 400, malformed-request",
        "/accounts?after=here, 400, malformed-request",
        "/accounts?status=RICH, 400, malformed-request",
        "/accounts?status=open, 400, malformed-request",
        "/accounts?owner=%00, 422, invalid-request",
        "/accounts/{id}/statement?from=yesterday, 400, malformed-request",
        "/accounts/{id}/statement?to=2026-02-30T00:00:00Z, 400, malformed-request",
        "/accounts/{id}/statement?from=2026-01-01, 400, malformed-request",
        "/accounts/{id}/statement?after=-1, 422, invalid-request",
        "/accounts/{id}/statement?after=9223372036854775808, 400, malformed-request",
        "/accounts/{id}/balance?at=0, 400, malformed-request",
        "/accounts/{id}/balance?at=%ff%fe, 400, malformed-request",
        "/accounts/{id}/overdraft, 404, not-found",
        "/nowhere, 404, not-found",
        "/accounts?customerId=x, 400, malformed-request",
        "/accounts?ovner=Alice, 400, malformed-request",
        "/accounts?owner=Alice&owner=Bob, 400, malformed-request",
        "/accounts/{id}?minVersion=1, 400, malformed-request",
        "/accounts/{id}/statement?from=1795835200, 400, malformed-request",
        "/tasks?Status=OPEN, 400, malformed-request",
        "/accounts/{id}/holds, 404, account-not-found",
        "/accounts/{id}/holds?status=open, 400, malformed-request",
        "/accounts/{id}/holds?after=x, 400, malformed-request",
        "/accounts/{id}/holds?limit=501, 422, invalid-request",
        "/accounts/{id}/transfers, 404, account-not-found",
        "/accounts/{id}/transfers?direction=up, 400, malformed-request",
        "/accounts/{id}/transfers?limit=0, 422, invalid-request",
        "/transfers/x, 400, malformed-request",
        "/transfers/{id}, 404, transfer-not-found",
        "/transfers/{id}?from=x, 400, malformed-request",
        "/transfers/{id}?min-version=1, 422, invalid-request",
        "/transfers/{id}?from={id}&min-version=-1, 422, invalid-request",
        "/transfers, 404, not-found",
        "/customers/x, 400, malformed-request",
        "/customers/{id}, 404, customer-not-found",
        "/customers/{id}?min-version=-1, 422, invalid-request",
        "/customers?emailDomain=%00, 422, invalid-request",
        "/customers?limit=0, 422, invalid-request",
        "/companies/{id}, 404, company-not-found",
        "/companies/{id}?min-version=x, 400, malformed-request",
        "/companies?emailDomain=a@b, 422, invalid-request",
        "/tasks/{id}, 404, task-not-found",
        "/tasks?status=DONE, 400, malformed-request",
        "/tasks?customerId=x, 400, malformed-request",
        "/tasks?assigneeId=%00, 400, malformed-request",
        "/employees/{id}, 404, employee-not-found",
        "/employees?after=x, 400, malformed-request",
        "/accounts/{id}/balance?at=+1000000000-12-31T23:59:59Z, 400, malformed-request",
        "/accounts/{id}/balance?at=%2B1000000000-12-31T23:59:59Z, 404, account-not-found",
    })
    void a_teller_is_told_what_is_wrong(String path, int status, String code) {
        assertProblem("teller", "GET", path, status, code);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /projections/nothing/parked, 404, projection-not-found",
        "GET, /projections/%00/parked, 404, projection-not-found",
        "GET, /projections/nothing/nameless, 404, projection-not-found",
        "GET, /projections/accounts/parked?limit=501, 422, invalid-request",
        "GET, /projections/accounts/parked?after=x, 400, malformed-request",
        "GET, /projections/accounts/nameless?after=x, 422, invalid-request",
        "GET, /projections/accounts/nameless?after=999999999999-1, 422, invalid-request",
        "POST, /projections/accounts/parked/x/replay, 400, malformed-request",
        "POST, /projections/accounts/parked/{id}/replay, 404, parked-stream-not-found",
        "POST, /projections/nothing/parked/{id}/replay, 404, projection-not-found",
        "GET, /projections/accounts/parked/{id}/replay, 405, method-not-allowed",
        "DELETE, /projections, 405, method-not-allowed",
        "GET, /ledger/entries?account=x, 400, malformed-request",
        "GET, /ledger/entries?from=yesterday, 400, malformed-request",
        "GET, /ledger/entries?after=x, 422, invalid-request",
        "GET, /ledger/entries?after={id}:-1, 422, invalid-request",
        "GET, /ledger/entries?after={id}:9999999999999999999, 422, invalid-request",
        "GET, /ledger/entries?limit=501, 422, invalid-request",
        "POST, /ledger/trial-balance, 405, method-not-allowed",
    })
    void an_operator_is_told_what_is_wrong(String method, String path, int status, String code) {
        var user = path.startsWith("/ledger/entries") ? "auditor" : "operator";
        assertProblem(user, method, path, status, code);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "from=%2B1000000000-12-31T23:59:59Z",
                "to=%2B294277-12-31T23:59:59Z",
                "from=-4713-01-01T00:00:00Z",
                "to=-1000000000-01-01T00:00:00Z"
            })
    void times_beyond_those_of_the_database_find_what_is_there(String query) {
        Bank.as("auditor")
                .urlEncodingEnabled(false)
                .get("/ledger/entries?" + query)
                .then()
                .statusCode(200);
    }

    private static void assertProblem(
            String user, String method, String path, int status, String code) {
        Bank.as(user)
                .urlEncodingEnabled(false)
                .request(method, path.replace("{id}", ID))
                .then()
                .statusCode(status)
                .contentType("application/problem+json")
                .body("code", equalTo(code))
                .body("type", equalTo("urn:banking:problem:" + code))
                .body("status", equalTo(status));
    }

    @Test
    void all_violations_are_listed() {
        Bank.as("teller")
                .get("/accounts/{id}/statement?limit=0&after=-1&min-version=-2", ID)
                .then()
                .statusCode(422)
                .body("violations.field", containsInAnyOrder("limit", "after", "min-version"));
    }

    @Test
    void a_parameter_that_is_not_known_is_answered_with_those_that_are() {
        Bank.as("teller")
                .get("/customers?domain=one.example")
                .then()
                .statusCode(400)
                .body(
                        "detail",
                        equalTo("The parameters here are, once each: after, emailDomain, limit"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/accounts",
                "/accounts?limit=0",
                "/accounts?limt=1",
                "/accounts/{id}",
                "/x"
            })
    void no_answer_is_kept_or_taken_for_anything_else_or_shown_to_another_site(String path) {
        Bank.as("teller")
                .header("Origin", "https://elsewhere.example")
                .get(path.replace("{id}", ID))
                .then()
                .header("Cache-Control", equalTo("no-store"))
                .header("X-Content-Type-Options", equalTo("nosniff"))
                .header("Server", nullValue())
                .header("X-Powered-By", nullValue())
                .header("Access-Control-Allow-Origin", nullValue())
                .header("Access-Control-Allow-Methods", nullValue());
    }

    @Test
    void another_media_type_than_json_is_not_acceptable() {
        Bank.as("teller")
                .accept("application/xml")
                .get("/accounts")
                .then()
                .statusCode(406)
                .body("code", equalTo("not-acceptable"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /accounts?owner=%zz HTTP/1.1",
                "GET /accounts/%zz HTTP/1.1",
                "GET /accounts/%c0%af HTTP/1.1",
                "GET /accounts?owner=%ed%a0%80 HTTP/1.1",
                "GET /accounts?owner=%F0%9F%92%B6 HTTP/1.1",
                "GET /accounts?limit=10&limit=x&limit= HTTP/1.1",
                "GET /accounts?limit HTTP/1.1",
                "GET /accounts?=&&=& HTTP/1.1",
                "GET /accounts/../../etc/passwd HTTP/1.1",
                "GET //accounts// HTTP/1.1",
                "GET //accounts HTTP/1.1",
                "GET /accounts?owner=%zz&limit=x HTTP/1.1",
                "GET /accounts;x=y HTTP/1.1",
                "GET http://[::1/accounts HTTP/1.1",
                "GET /accounts/{id}/statement?from=&to= HTTP/1.1",
                "TRACE /accounts HTTP/1.1",
                "FROB /accounts HTTP/1.1",
                "OPTIONS * HTTP/1.1",
                "HEAD /accounts HTTP/1.1",
                "POST /accounts HTTP/1.1\r\nContent-Length: x",
                "GET /accounts HTTP/1.1\r\nIf-None-Match: \"\u0001",
                "GET /accounts/{id} HTTP/1.1\r\nAccept: ,;q=2",
            })
    void no_request_line_however_broken_is_a_failure_of_the_server(String request)
            throws IOException {
        var credentials = Base64.getEncoder().encodeToString(Feed.bytes("teller:teller"));

        assertThat(status(answer(request + "\r\nAuthorization: Basic " + credentials)))
                .isBetween(200, 499);
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

    @ParameterizedTest
    @ValueSource(
            strings = {"Basic", "Basic ???", "Basic dGVsbGVy", "Bearer x", "\u00e4", "Basic Og=="})
    void broken_credentials_are_nobodys(String credentials) throws IOException {
        assertThat(status(answer("GET /accounts HTTP/1.1\r\nAuthorization: " + credentials)))
                .isBetween(400, 401);
    }

    /** A path or query that is no URI is refused even before this, with a bare status. */
    @ParameterizedTest
    @CsvSource({
        "POST /accounts HTTP/1.1, Content-Length: 65537, 413, payload-too-large",
        "GET /accounts HTTP/1.1, Content-Length: 9223372036854775807, 413, payload-too-large",
    })
    void a_body_that_is_too_large_is_refused_before_it_is_sent(
            String request, String header, int status, String code) throws IOException {
        var answer = answer(request + "\r\n" + header);

        assertThat(status(answer)).isEqualTo(status);
        assertThat(answer)
                .containsIgnoringCase("Content-Type: application/problem+json")
                .containsIgnoringCase("Cache-Control: no-store")
                .containsIgnoringCase("X-Content-Type-Options: nosniff")
                .contains("\"type\":\"urn:banking:problem:" + code + "\"")
                .contains("\"status\":" + status)
                .contains("\"code\":\"" + code + "\"");
    }

    private static int status(String answer) {
        var line = answer.lines().findFirst().orElse("");
        var matcher = STATUS.matcher(line);
        assertThat(matcher.matches()).as("a status line: %s", line).isTrue();
        return Integer.parseInt(matcher.group(1));
    }

    private static String answer(String request) throws IOException {
        try (var socket = new Socket("localhost", RestAssured.port)) {
            socket.setSoTimeout(10_000);
            var text =
                    request.replace("{id}", ID)
                            + "\r\nHost: localhost\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }
}
