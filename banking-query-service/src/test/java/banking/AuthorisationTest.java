package banking;

import static io.restassured.RestAssured.given;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.equalToIgnoringCase;

import banking.embedded.BankTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@QuarkusTestResource(
        value = BankTestResource.class,
        initArgs = @ResourceArg(name = "service", value = "query"))
class AuthorisationTest {

    private static final Map<String, String> ROLES_OF_ENDPOINTS =
            Map.ofEntries(
                    entry("GET /accounts", "auditor teller"),
                    entry("GET /accounts/{accountId}", "auditor teller"),
                    entry("GET /accounts/{accountId}/statement", "auditor teller"),
                    entry("GET /accounts/{accountId}/balance", "auditor teller"),
                    entry("GET /accounts/{accountId}/holds", "auditor teller"),
                    entry("GET /accounts/{accountId}/transfers", "auditor teller"),
                    entry("GET /transfers/{transferId}", "auditor teller"),
                    entry("GET /ledger/trial-balance", "auditor operator"),
                    entry("GET /ledger/entries", "auditor operator"),
                    entry("GET /customers", "auditor teller"),
                    entry("GET /customers/{customerId}", "auditor teller"),
                    entry("GET /companies", "auditor teller"),
                    entry("GET /companies/{companyId}", "auditor teller"),
                    entry("GET /tasks", "auditor teller"),
                    entry("GET /tasks/{taskId}", "auditor teller"),
                    entry("GET /employees", "auditor teller"),
                    entry("GET /employees/{employeeId}", "auditor teller"),
                    entry("GET /projections", "auditor operator"),
                    entry("GET /projections/{projection}/parked", "auditor operator"),
                    entry("GET /projections/{projection}/nameless", "auditor operator"),
                    entry("GET /projections/{projection}/nameless/{record}", "auditor operator"),
                    entry("POST /projections/{projection}/nameless/skip", "operator"),
                    entry(
                            "POST /projections/{projection}/parked/{parkedStreamId}/replay",
                            "operator"));

    /** The service says itself which endpoints it has, so that none is forgotten here. */
    @Test
    void every_endpoint_lets_in_the_roles_that_it_is_for_and_nobody_else() {
        var roles = new HashMap<String, String>();
        for (var endpoint : endpoints()) {
            assertThat(status(null, endpoint)).as(endpoint).isEqualTo(401);
            var letIn = new TreeSet<String>();
            for (var user : List.of("auditor", "operator", "teller")) {
                int status = status(user, endpoint);
                if (status != 403) {
                    assertThat(status).as(endpoint).isIn(200, 404);
                    letIn.add(user);
                }
            }
            roles.put(endpoint, String.join(" ", letIn));
        }

        assertThat(roles).isEqualTo(ROLES_OF_ENDPOINTS);
    }

    private static List<String> endpoints() {
        var api = given().accept("application/json").get("/q/openapi").body().asString();
        Map<String, Map<String, Object>> paths = JsonPath.from(api).getMap("paths");
        var endpoints = new ArrayList<String>();
        paths.forEach(
                (path, methods) ->
                        methods.keySet().stream()
                                .filter(
                                        method ->
                                                List.of("get", "post", "put", "delete", "patch")
                                                        .contains(method))
                                .forEach(
                                        method ->
                                                endpoints.add(
                                                        method.toUpperCase(Locale.ROOT)
                                                                + " "
                                                                + path)));
        return endpoints;
    }

    private static int status(@Nullable String user, String endpoint) {
        var parts = endpoint.split(" ", 2);
        var path =
                parts[1].replace("{projection}", "accounts")
                        .replace("{record}", "0-999999999")
                        .replaceAll("\\{\\w+\\}", UUID.randomUUID().toString());
        var request = user == null ? given() : Bank.as(user);
        if (path.endsWith("/skip")) {
            request.contentType("application/json")
                    .body("{\"places\":[\"0-999999999\"],\"because\":\"none\"}");
        }
        return request.request(parts[0], path).statusCode();
    }

    @ParameterizedTest
    @CsvSource({"teller,wrong", "nobody,teller", "teller,''"})
    void wrong_credentials_are_asked_for_again(String user, String password) {
        given().auth()
                .preemptive()
                .basic(user, password)
                .get("/accounts")
                .then()
                .statusCode(401)
                .header("WWW-Authenticate", equalToIgnoringCase("basic realm=\"bank\""))
                .contentType("application/problem+json")
                .body("code", equalTo("not-authenticated"));
    }

    @Test
    void the_wrong_role_is_told_so() {
        Bank.as("operator")
                .get("/accounts")
                .then()
                .statusCode(403)
                .contentType("application/problem+json")
                .body("code", equalTo("not-permitted"));
    }

    @ParameterizedTest
    @CsvSource({"/q/openapi", "/q/swagger-ui/"})
    void what_developers_read_is_open(String path) {
        given().get(path).then().statusCode(200);
    }

    @ParameterizedTest
    @CsvSource({"/health/started", "/health/ready", "/health/live", "/metrics"})
    void what_machines_read_is_open_to_whoever_reaches_their_port_and_nowhere_else(String path) {
        Bank.management(path).then().statusCode(200);
        given().get("/q" + path).then().statusCode(404);
    }
}
