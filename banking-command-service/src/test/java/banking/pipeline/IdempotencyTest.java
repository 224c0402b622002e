package banking.pipeline;

import static banking.Bank.balance;
import static banking.Bank.movement;
import static banking.Bank.open;
import static banking.Bank.teller;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import banking.Bank;
import banking.CommandServiceTest;
import banking.Concurrently;
import io.restassured.response.Response;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A command that is given again under its key has one effect and one answer. */
@CommandServiceTest
class IdempotencyTest {

    @Test
    void a_retry_gets_the_first_answer_and_changes_nothing() {
        var account = open("10.00");
        var key = key();

        var first = deposit(account, key, "5.00");
        Bank.deposit(account, "1.00");
        var retry = deposit(account, key, "5.00");

        assertThat(retry.statusCode()).isEqualTo(201);
        assertThat(retry.asString()).isEqualTo(first.asString());
        assertThat(retry.header("ETag")).isEqualTo(first.header("ETag"));
        assertThat(balance(account)).isEqualTo("16.00");
    }

    @Test
    void a_rejected_command_stays_rejected_under_its_key() {
        var account = open("1.00");
        var key = key();

        withdraw(account, key).then().statusCode(422).body("code", equalTo("insufficient-funds"));
        Bank.deposit(account, "100.00");
        withdraw(account, key).then().statusCode(422).body("code", equalTo("insufficient-funds"));
        assertThat(balance(account)).isEqualTo("101.00");
    }

    @Test
    void a_key_is_refused_for_another_body_another_account_and_another_command() {
        var account = open("10.00");
        var key = key();
        deposit(account, key, "5.00");

        reused(deposit(account, key, "5.01"));
        reused(deposit(open("0.00"), key, "5.00"));
        reused(
                teller().header("Idempotency-Key", key)
                        .body(movement("5.00"))
                        .post("/accounts/{id}/withdrawals", account));
        assertThat(balance(account)).isEqualTo("15.00");
    }

    @Test
    void of_many_equal_commands_at_once_one_takes_effect_and_all_get_its_answer() {
        var account = open("10.00");
        var key = key();

        var answers = Concurrently.times(30, () -> deposit(account, key, "5.00").asString());

        assertThat(answers).hasSize(30).containsOnly(answers.getFirst());
        assertThat(answers.getFirst()).contains("\"15.00\"");
        assertThat(Bank.journal(account)).containsExactly(1, 2, 3);
    }

    @Test
    void of_many_equal_openings_at_once_one_account_comes_to_be() {
        var key = key();

        var ids =
                Concurrently.times(
                        30,
                        () ->
                                teller().header("Idempotency-Key", key)
                                        .body(
                                                """
                                                {"owner":"Alice","currency":"EUR"}""")
                                        .post("/accounts")
                                        .then()
                                        .statusCode(201)
                                        .extract()
                                        .<String>path("accountId"));

        assertThat(ids).containsOnly(ids.getFirst());
        assertThat(
                        Bank.count(
                                "event where actor = 'teller' and command_id = (select command_id"
                                        + " from event where stream_id = '"
                                        + ids.getFirst()
                                        + "')"))
                .isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("malformedKeys")
    void a_malformed_key_is_refused(List<String> keys) {
        var account = open("1.00");

        teller().header("Idempotency-Key", keys.getFirst(), keys.stream().skip(1).toArray())
                .body(movement("5.00"))
                .post("/accounts/{id}/deposits", account)
                .then()
                .statusCode(400)
                .body("code", equalTo("malformed-request"));

        assertThat(balance(account)).isEqualTo("1.00");
    }

    static Stream<List<String>> malformedKeys() {
        return Stream.of(
                List.of("x".repeat(256)), List.of(""), List.of("two words"), List.of("a", "b"));
    }

    private static void reused(Response response) {
        response.then().statusCode(422).body("code", equalTo("idempotency-key-reused"));
    }

    private static Response deposit(String account, String key, String amount) {
        return teller().header("Idempotency-Key", key)
                .body(movement(amount))
                .post("/accounts/{id}/deposits", account);
    }

    private static Response withdraw(String account, String key) {
        return teller().header("Idempotency-Key", key)
                .body(movement("50.00"))
                .post("/accounts/{id}/withdrawals", account);
    }

    private static String key() {
        return UUID.randomUUID().toString();
    }
}
