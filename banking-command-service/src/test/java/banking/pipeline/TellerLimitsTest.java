package banking.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import banking.Bank;
import banking.CommandServiceTest;
import banking.Concurrently;
import banking.People;
import banking.rules.TestIssuer;
import banking.rules.TestToken;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** In Norwegian kroner, a teller moves 5,000.00 a day. */
@CommandServiceTest
class TellerLimitsTest {

    private final String teller = "teller-" + UUID.randomUUID();
    private TestIssuer issuer;

    @BeforeEach
    void open() {
        issuer = TestIssuer.start();
        Awaitility.await()
                .atMost(Bank.PATIENCE)
                .until(
                        () ->
                                move(teller, "deposits", UUID.randomUUID().toString(), "1.00")
                                                .statusCode()
                                        == 404);
    }

    @AfterEach
    void close() {
        issuer.close();
    }

    private static Response move(String teller, String what, String account, String amount) {
        return RestAssured.given()
                .header("Authorization", "Bearer " + TestToken.of(teller, "teller"))
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .contentType(ContentType.JSON)
                .body(Map.of("amount", amount, "currency", "NOK"))
                .post("/accounts/{id}/" + what, account);
    }

    private static String account() {
        return Bank.teller()
                .body(Map.of("owner", "Alice", "currency", "NOK"))
                .post("/accounts")
                .then()
                .statusCode(201)
                .extract()
                .path("accountId");
    }

    private long moved() {
        return Bank.count("teller_day where moved = 500000 and teller = '" + teller + "'");
    }

    @Test
    void of_fifty_at_once_on_many_accounts_as_many_are_done_as_the_day_has_room_for() {
        var accounts = Stream.generate(TellerLimitsTest::account).limit(10).toList();
        var next = new AtomicInteger();

        var statuses =
                Concurrently.times(
                        50,
                        () ->
                                move(
                                                teller,
                                                "deposits",
                                                accounts.get(next.getAndIncrement() % 10),
                                                "200.00")
                                        .statusCode());

        assertThat(Collections.frequency(statuses, 201)).isEqualTo(25);
        assertThat(Collections.frequency(statuses, 202)).isEqualTo(25);
        assertThat(moved()).isEqualTo(1);
        move("another-" + teller, "deposits", accounts.getFirst(), "200.00").then().statusCode(201);
    }

    @Test
    void what_is_refused_does_not_count_and_what_waits_is_done_once_another_approves_it() {
        var account = account();
        move(teller, "withdrawals", account, "5000.00").then().statusCode(422);
        move(teller, "deposits", account, "3000.00").then().statusCode(201);
        move(teller, "withdrawals", account, "2000.00").then().statusCode(201);
        assertThat(moved()).isEqualTo(1);

        var answer = move(teller, "withdrawals", account, "0.01");

        answer.then().statusCode(202).body("because", equalTo("teller-limit-exceeded"));
        String approval = answer.path("approvalId");
        Bank.as("supervisor").post("/approvals/{id}/approval", approval).then().statusCode(200);
        var done = List.of("ApprovalRequested", "ApprovalGranted", "ApprovalCarriedOut");
        Awaitility.await()
                .atMost(Bank.PATIENCE)
                .until(() -> People.history("approval", approval).equals(done));
        assertThat(Bank.balance(account)).isEqualTo("999.99");
        assertThat(moved()).isEqualTo(1);
    }

    @Test
    void the_day_before_does_not_count() {
        var account = account();
        move(teller, "deposits", account, "5000.00").then().statusCode(201);
        move(teller, "deposits", account, "5000.00").then().statusCode(202);

        Bank.sql("update teller_day set day = day - 1 where teller = '" + teller + "'");

        move(teller, "deposits", account, "5000.00").then().statusCode(201);
        move(teller, "deposits", account, "0.01").then().statusCode(202);
    }
}
