package banking.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import banking.Bank;
import banking.CommandServiceTest;
import banking.Concurrently;
import banking.People;
import io.restassured.response.Response;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** In Swedish kronor, 1,000.00 at once, 2,000.00 a day and 3,000.00 a month leave an account. */
@CommandServiceTest
class AccountLimitsTest {

    private static final Map<String, String> RICH =
            Map.of("owner", "Alice", "currency", "SEK", "openingDeposit", "90000.00");

    private static String open() {
        return Bank.teller()
                .body(RICH)
                .post("/accounts")
                .then()
                .statusCode(201)
                .extract()
                .path("accountId");
    }

    private static Response withdraw(String account, String amount, String key) {
        return Bank.teller()
                .header("Idempotency-Key", key)
                .body(Map.of("amount", amount, "currency", "SEK"))
                .post("/accounts/{id}/withdrawals", account);
    }

    private static String newKey() {
        return UUID.randomUUID().toString();
    }

    @Test
    void of_fifty_at_once_as_many_are_done_as_the_day_has_room_for() {
        var account = open();

        var answers = Concurrently.times(50, () -> withdraw(account, "100.00", newKey()));

        var statuses = answers.stream().map(Response::statusCode).toList();
        assertThat(Collections.frequency(statuses, 201)).isEqualTo(20);
        assertThat(Collections.frequency(statuses, 202)).isEqualTo(30);
        assertThat(Bank.balance(account)).isEqualTo("88000.00");
        assertThat(
                        answers.stream()
                                .map(answer -> answer.<String>path("approvalId"))
                                .filter(Objects::nonNull)
                                .distinct())
                .hasSize(30);
    }

    @Test
    void above_the_limit_another_approves_it_and_it_is_done_once() {
        var account = open();
        var key = newKey();
        var answer = withdraw(account, "1000.01", key);
        answer.then()
                .statusCode(202)
                .body("status", equalTo("WAITING"))
                .body("command", equalTo("WithdrawMoney"))
                .body("because", equalTo("limit-exceeded"));
        assertThat(withdraw(account, "1000.01", key).asString()).isEqualTo(answer.asString());

        String approval = answer.path("approvalId");
        Bank.as("supervisor").post("/approvals/{id}/approval", approval).then().statusCode(200);

        var done = List.of("ApprovalRequested", "ApprovalGranted", "ApprovalCarriedOut");
        Awaitility.await()
                .atMost(Bank.PATIENCE)
                .until(() -> People.history("approval", approval).equals(done));
        assertThat(People.history("account", account)).endsWith("MoneyWithdrawn");
        assertThat(Bank.balance(account)).isEqualTo("88999.99");
        withdraw(account, "1000.00", newKey()).then().statusCode(201);
        assertThat(withdraw(account, "1000.01", key).asString()).isEqualTo(answer.asString());
    }

    @Test
    void what_the_account_does_not_have_is_refused_at_once() {
        withdraw(open(), "90000.01", newKey())
                .then()
                .statusCode(422)
                .body("code", equalTo("insufficient-funds"));
    }
}
