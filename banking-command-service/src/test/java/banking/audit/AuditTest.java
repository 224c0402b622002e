package banking.audit;

import static banking.Bank.teller;
import static io.restassured.RestAssured.given;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import banking.Bank;
import banking.CommandServiceTest;
import banking.rules.TestIssuer;
import banking.rules.TestToken;
import banking.security.Permissions;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

@CommandServiceTest
class AuditTest {

    private final String story = UUID.randomUUID().toString();
    private final Instant from = Instant.now();

    private RequestSpecification within(RequestSpecification request) {
        return request.header("X-Correlation-ID", story);
    }

    @Test
    void an_accepted_command_says_who_gave_it_as_what_and_from_where() {
        String account =
                within(teller())
                        .body(
                                """
                                {"owner":"Alice","currency":"EUR","openingDeposit":"5.00"}""")
                        .post("/accounts")
                        .path("accountId");

        var entry = entries(account, 1).getFirst();
        assertThat(entry)
                .containsEntry("id", account + ":2")
                .containsEntry("actor", "teller")
                .containsEntry("roles", List.of("teller"))
                .containsEntry("operation", "openAccount")
                .containsEntry("kind", "account")
                .containsEntry("aggregate", account)
                .containsEntry("status", 201)
                .containsEntry("code", null)
                .containsEntry("correlationId", story)
                .containsEntry("address", "127.0.0.1");
    }

    /** The journal does not have it; the API's document says it of the operation. */
    @Test
    void an_accepted_command_has_the_status_of_its_answer() {
        var paths =
                given().accept("application/json")
                        .get("/q/openapi")
                        .jsonPath()
                        .<String, Map<String, Map<String, Object>>>getMap("paths");
        var compared = 0;
        for (var path : paths.values()) {
            for (var operation : path.entrySet()) {
                var name = String.valueOf(operation.getValue().get("operationId"));
                var command = name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
                var permission = requireNonNull(Permissions.of(command));
                if (!operation.getKey().equals("get") && !permission.isOfOperatorsAlone()) {
                    assertThat(CommandReader.status(command))
                            .as(command)
                            .isEqualTo(status(operation.getValue()));
                    compared++;
                }
            }
        }
        assertThat(compared).isGreaterThan(20);
    }

    /** The first, as the others are of a command that waits, or was refused. */
    private static int status(Map<String, Object> operation) {
        return ((Map<?, ?>) requireNonNull(operation.get("responses")))
                .keySet().stream()
                        .mapToInt(status -> Integer.parseInt(status.toString()))
                        .min()
                        .orElseThrow();
    }

    @Test
    void a_refused_command_is_on_record_with_why() {
        var account = Bank.open("1.00");
        within(teller()).body(Bank.movement("2.00")).post("/accounts/{id}/withdrawals", account);

        assertThat(entry(account))
                .containsEntry("actor", "teller")
                .containsEntry("operation", "withdrawMoney")
                .containsEntry("kind", "account")
                .containsEntry("status", 422)
                .containsEntry("code", "insufficient-funds")
                .containsEntry("address", "127.0.0.1");
    }

    @Test
    void so_is_a_body_that_cannot_be_read() {
        var account = Bank.open("1.00");
        within(teller()).body("{").post("/accounts/{id}/withdrawals", account);

        assertThat(entry(account))
                .containsEntry("operation", "withdrawMoney")
                .containsEntry("status", 400)
                .containsEntry("code", "malformed-request");
    }

    @Test
    void so_is_who_comes_with_a_wrong_password() {
        var account = UUID.randomUUID().toString();
        within(given().auth().preemptive().basic("teller", "wrong"))
                .contentType(ContentType.JSON)
                .body(Bank.movement("2.00"))
                .post("/accounts/{id}/withdrawals", account);

        assertThat(entry(account))
                .containsEntry("actor", "")
                .containsEntry("roles", List.of())
                .containsEntry("operation", "POST /accounts/{id}/withdrawals")
                .containsEntry("status", 401)
                .containsEntry("code", "not-authenticated")
                .containsEntry("address", "127.0.0.1");
    }

    @Test
    void so_is_who_may_not() {
        var account = UUID.randomUUID().toString();
        within(Bank.as("auditor"))
                .contentType(ContentType.JSON)
                .body(Bank.movement("2.00"))
                .post("/accounts/{id}/withdrawals", account);

        assertThat(entry(account))
                .containsEntry("actor", "auditor")
                .containsEntry("roles", List.of("auditor"))
                .containsEntry("operation", "withdrawMoney")
                .containsEntry("status", 403)
                .containsEntry("code", "not-permitted");
    }

    @Test
    void what_is_anothers_is_told_apart_on_record_alone() {
        var account = Bank.open("5.00");
        try (var _ = TestIssuer.start()) {
            Awaitility.await()
                    .atMost(Bank.PATIENCE)
                    .until(() -> hold(asCustomer(), account).statusCode() == 404);
            hold(within(asCustomer()), account).then().body("code", equalTo("account-not-found"));
        }

        assertThat(entry(account))
                .containsEntry("roles", List.of("customer"))
                .containsEntry("operation", "placeHold")
                .containsEntry("status", 404)
                .containsEntry("code", "not-permitted");
    }

    private static RequestSpecification asCustomer() {
        var customer = UUID.randomUUID().toString();
        var token = TestToken.of("sub-of-" + customer, "customer").with("customer_id", customer);
        return given().header("Authorization", "Bearer " + token).contentType(ContentType.JSON);
    }

    private static Response hold(RequestSpecification request, String account) {
        return request.body(
                        """
                        {"amount":"1.00","currency":"EUR","expires":"%s"}"""
                                .formatted(Instant.now().plusSeconds(60)))
                .post("/accounts/{id}/holds", account);
    }

    @Test
    void a_command_that_comes_again_is_on_record_each_time() {
        var account = Bank.open("5.00");
        for (int time = 0; time < 2; time++) {
            within(teller())
                    .header("Idempotency-Key", story)
                    .body(Bank.movement("2.00"))
                    .post("/accounts/{id}/withdrawals", account)
                    .then()
                    .statusCode(201);
        }

        assertThat(entries(account, 2))
                .extracting(entry -> entry.get("operation") + " " + entry.get("status"))
                .containsExactly("withdrawMoney 201", "withdrawMoney 201");
    }

    @Test
    void who_reads_what_the_journal_has_is_on_record() {
        var account = Bank.open("5.00");
        within(Bank.as("auditor")).get("/streams/account/{id}/state", account);

        assertThat(entry(account))
                .containsEntry("actor", "auditor")
                .containsEntry("operation", "state")
                .containsEntry("kind", "account")
                .containsEntry("status", 200)
                .containsEntry("code", null);
    }

    @Test
    void a_story_is_found_by_its_actor_and_comes_in_pages() {
        var account = Bank.open("9.00");
        for (int i = 0; i < 3; i++) {
            within(teller()).body(Bank.movement("1.00")).post("/accounts/{id}/deposits", account);
            within(teller()).body(Bank.movement("50")).post("/accounts/{id}/withdrawals", account);
        }
        entries(account, 6);

        for (var way : Map.of("aggregate=" + account, 2, "actor=teller", 5, "", 50).entrySet()) {
            var condition = way.getKey();
            var found = new ArrayList<String>();
            String after = null;
            do {
                var page = page(condition, after, way.getValue());
                found.addAll(
                        page.getList(
                                "entries.findAll { it.correlationId == '"
                                        + story
                                        + "' }.operation"));
                after = page.get("next");
            } while (after != null);
            assertThat(found)
                    .as(condition)
                    .containsExactly(
                            "depositMoney",
                            "withdrawMoney",
                            "depositMoney",
                            "withdrawMoney",
                            "depositMoney",
                            "withdrawMoney");
        }
    }

    @Test
    void a_change_shows_what_was_before_and_what_came_of_it() {
        var account = Bank.open("5.00");
        Bank.deposit(account, "2.00");

        var change =
                Bank.as("auditor")
                        .get("/streams/account/{id}/changes/3", account)
                        .then()
                        .statusCode(200)
                        .extract()
                        .jsonPath();
        assertThat(change.getList("events.type")).containsExactly("MoneyDeposited");
        assertThat(change.getString("before.balance.amount")).isEqualTo("5.00");
        assertThat(change.getString("after.balance.amount")).isEqualTo("7.00");
        assertThat(change.getBoolean("intact")).isTrue();

        var first = Bank.as("auditor").get("/streams/account/{id}/changes/1", account).jsonPath();
        assertThat(first.getList("events.type")).containsExactly("AccountOpened", "MoneyDeposited");
        assertThat(first.<Object>get("before")).isNull();
        Bank.as("auditor").get("/streams/account/{id}/changes/4", account).then().statusCode(404);
    }

    @Test
    void a_chain_shows_an_entry_that_was_changed_behind_the_banks_back() {
        var account = UUID.randomUUID().toString();
        within(Bank.as("auditor")).get("/streams/account/{id}/state", account);
        var id = String.valueOf(entry(account).get("id"));
        var chain = id.substring(0, id.indexOf(':'));
        var number = Long.parseLong(id.substring(id.indexOf(':') + 1));
        assertThat(verified(chain).<Object>get("firstBroken")).isNull();

        forge("address = '192.0.2.1'", chain, number);
        assertThat(verified(chain).getLong("firstBroken")).isEqualTo(number);

        forge("address = '127.0.0.1'", chain, number);
        assertThat(verified(chain).<Object>get("firstBroken")).isNull();
    }

    private static void forge(String change, String chain, long number) {
        Bank.sql(
                "alter table audit_entry disable trigger audit_entry_is_append_only",
                "update audit_entry set %s where chain = '%s' and number = %d"
                        .formatted(change, chain, number),
                "alter table audit_entry enable trigger audit_entry_is_append_only");
    }

    private static JsonPath verified(String chain) {
        return Bank.as("auditor")
                .get("/audit/chains/{chain}", chain)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    /** The one of this test's story. */
    private Map<String, Object> entry(String account) {
        return entries(account, 1).getFirst();
    }

    /** Those of this test's story; looking for them is on record as well. */
    private List<Map<String, Object>> entries(String account, int expected) {
        Awaitility.await().atMost(Bank.PATIENCE).until(() -> ofStory(account).size() == expected);
        return ofStory(account);
    }

    private List<Map<String, Object>> ofStory(String account) {
        return page("aggregate=" + account, null, 1000)
                .getList("entries.findAll { it.correlationId == '" + story + "' }");
    }

    private JsonPath page(String condition, @Nullable String after, int limit) {
        var request = Bank.as("auditor").queryParam("from", from.toString());
        if (after != null) {
            request.queryParam("after", after);
        }
        var equals = condition.indexOf('=');
        if (equals > 0) {
            request.queryParam(condition.substring(0, equals), condition.substring(equals + 1));
        }
        return request.queryParam("limit", limit)
                .get("/audit")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }
}
