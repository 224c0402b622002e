package banking.http;

import static banking.Bank.teller;
import static banking.http.BulkTest.item;
import static banking.http.BulkTest.move;
import static banking.http.BulkTest.under;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import banking.Bank;
import banking.CommandServiceTest;
import banking.People;
import banking.rules.TestIssuer;
import banking.rules.TestToken;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A bulk that is only decided: it is told what would become of it, and nothing does. */
@CommandServiceTest
class DryRunTest {

    private final String story = UUID.randomUUID().toString();

    private ValidatableResponse tryOut(RequestSpecification as, Object... items) {
        var answer =
                as.header("X-Correlation-ID", story)
                        .contentType(ContentType.JSON)
                        .queryParam("dryRun", true)
                        .body(List.of(items))
                        .post("/commands")
                        .then()
                        .statusCode(200)
                        .body("findAll { !it.dryRun }", hasSize(0))
                        .body("findAll { it.location }", hasSize(0));
        for (var table : List.of("event", "processed_command", "audit_entry")) {
            assertThat(written(table)).as(table).isZero();
        }
        assertThat(Bank.count("stream where state like '%" + story + "%'")).isZero();
        return answer;
    }

    private long written(String table) {
        return switch (table) {
            case "event" -> Bank.count("event where correlation_id = '" + story + "'");
            case "audit_entry" ->
                    Bank.count(
                            "audit_entry where status < 400 and operation <> 'giveCommands'"
                                    + " and correlation_id = '"
                                    + story
                                    + "'");
            default -> Bank.count("processed_command where answer like '%" + story + "%'");
        };
    }

    private static Map<String, Object> register(String name, String email) {
        return item("registerCustomer", Map.of(), Map.of("name", name, "email", email));
    }

    @Test
    void it_says_what_would_come_of_each_after_those_before_it() {
        var account = Bank.open("10.00");

        tryOut(
                        teller(),
                        move("withdrawMoney", account, "8.00"),
                        move("withdrawMoney", account, "8.00"),
                        move("depositMoney", account, "1.00"),
                        move("withdrawMoney", account, "3.00"),
                        item("closeAccount", Map.of("accountId", account), Map.of("a", 1)))
                .body("status", contains(201, 422, 201, 201, 400))
                .body("[1].problem.code", equalTo("insufficient-funds"))
                .body("[3].version", equalTo(5))
                .body("[3].answer.balance.amount", equalTo("0.00"));

        assertThat(Bank.journal(account)).hasSize(2);
        assertThat(Bank.balance(account)).isEqualTo("10.00");
    }

    @Test
    void no_key_is_taken_and_one_that_is_has_its_answer() {
        var account = Bank.open("1.00");
        var key = UUID.randomUUID().toString();

        tryOut(teller(), under(key, move("depositMoney", account, "1.00")))
                .body("[0].answer.balance.amount", equalTo("2.00"));
        tryOut(teller(), under(key, move("withdrawMoney", account, "9.00")))
                .body("status", contains(422));

        teller().header("Idempotency-Key", key)
                .body(Bank.movement("5.00"))
                .post("/accounts/{id}/deposits", account)
                .then()
                .statusCode(201);
        tryOut(
                        teller(),
                        under(key, move("depositMoney", account, "5.00")),
                        under(key, move("depositMoney", account, "1.00")))
                .body("status", contains(201, 422))
                .body("[1].problem.code", equalTo("idempotency-key-reused"));
        assertThat(Bank.balance(account)).isEqualTo("6.00");
    }

    @Test
    void nothing_is_claimed_and_what_is_claimed_is_known() {
        var taken = People.newAddress();
        var free = People.newAddress();
        var other = People.newAddress();
        var ann = People.customer(taken);

        tryOut(
                        teller(),
                        register("Ann " + story, taken),
                        register("Bob " + story, free),
                        register("Eve " + story, free),
                        item("changeEmail", Map.of("customerId", ann), Map.of("email", other)),
                        register("Ann " + story, taken))
                .body("status", contains(409, 201, 409, 200, 201))
                .body("[0].problem.code", equalTo("email-taken"));

        assertThat(Bank.count("claim where value in ('" + free + "', '" + other + "')")).isZero();
        People.register("Bob", free).then().statusCode(201);
    }

    @Test
    void a_customers_key_stays() {
        var ann = People.customer(People.newAddress());
        var keys = Bank.count("customer_key");

        tryOut(
                        Bank.as("supervisor"),
                        Map.of("operation", "eraseCustomer", "path", Map.of("customerId", ann)))
                .body("status", contains(200));

        assertThat(Bank.count("customer_key where customer_id = '" + ann + "' and wrapped is null"))
                .isZero();
        assertThat(Bank.count("customer_key")).isEqualTo(keys);
    }

    @Test
    void nobody_is_asked_to_approve() {
        var account = Bank.open("1.00");
        String approval =
                tryOut(
                                Bank.as("supervisor"),
                                Map.of(
                                        "operation",
                                        "freezeAccount",
                                        "path",
                                        Map.of("accountId", account)))
                        .body("[0].status", equalTo(202))
                        .body("[0].answer.status", equalTo("WAITING"))
                        .extract()
                        .path("[0].answer.approvalId");

        assertThat(Bank.count("stream where stream_id = '" + approval + "'")).isZero();
    }

    @Test
    void no_limit_of_a_day_is_used_up() {
        try (var issuer = TestIssuer.start()) {
            assertThat(issuer).isNotNull();
            var teller = "dry-" + UUID.randomUUID();
            var account = norwegian();
            var deposits =
                    new Object[] {
                        inCrowns(account, "3000.00"), inCrowns(account, "2000.01"),
                    };
            Awaitility.await()
                    .atMost(Bank.PATIENCE)
                    .until(
                            () ->
                                    as(teller)
                                                    .contentType(ContentType.JSON)
                                                    .body(List.of(7))
                                                    .post("/commands")
                                                    .statusCode()
                                            == 200);

            tryOut(as(teller), deposits)
                    .body("status", contains(201, 202))
                    .body("[1].answer.because", equalTo("teller-limit-exceeded"));
            assertThat(Bank.count("teller_day where teller = '" + teller + "'")).isZero();

            as(teller)
                    .contentType(ContentType.JSON)
                    .body(deposits)
                    .post("/commands")
                    .then()
                    .body("status", contains(201, 202));
            tryOut(as(teller), deposits).body("status", contains(202, 202));
        }
    }

    private static RequestSpecification as(String teller) {
        return given().header("Authorization", "Bearer " + TestToken.of(teller, "teller"));
    }

    private static String norwegian() {
        return teller().body(Map.of("owner", "Alice", "currency", "NOK"))
                .post("/accounts")
                .path("accountId");
    }

    private static Map<String, Object> inCrowns(String account, String amount) {
        return item(
                "depositMoney",
                Map.of("accountId", account),
                Map.of("amount", amount, "currency", "NOK"));
    }

    @Test
    void a_transfer_does_not_set_out_and_no_policy_hears_of_anything() {
        var from = Bank.open("5.00");
        var to = Bank.open("0.00");
        var transfer = Map.of("to", to, "amount", "1.00", "currency", "EUR");

        tryOut(
                        teller(),
                        item("requestTransfer", Map.of("accountId", from), transfer),
                        register("Zoe", People.newAddress()))
                .body("status", contains(202, 201));

        Bank.awaitQuiet();
        assertThat(Bank.journal(to)).hasSize(1);
        assertThat(written("event")).isZero();
    }

    @Test
    void what_is_refused_is_on_record_as_refused_in_a_dry_run() {
        var account = Bank.open("1.00");

        tryOut(
                teller(),
                move("withdrawMoney", account, "2.00"),
                move("depositMoney", account, "2.00"));

        Awaitility.await()
                .atMost(Bank.PATIENCE)
                .until(
                        () ->
                                Bank.count(
                                                "audit_entry where correlation_id = '"
                                                        + story
                                                        + "' and reason = 'dry run'")
                                        == 2);
        assertThat(
                        Bank.count(
                                "audit_entry where operation = 'withdrawMoney'"
                                        + " and code = 'insufficient-funds' and aggregate = '"
                                        + account
                                        + "'"))
                .isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "yes", "TRUE", "1"})
    void what_is_neither_true_nor_false_does_nothing(String dryRun) {
        var account = Bank.open("1.00");

        teller().queryParam("dryRun", dryRun)
                .body(List.of(move("depositMoney", account, "1.00")))
                .post("/commands")
                .then()
                .statusCode(dryRun.isEmpty() ? 400 : 422)
                .body(containsString("dryRun"));

        assertThat(Bank.balance(account)).isEqualTo("1.00");
    }
}
