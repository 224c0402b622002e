package banking.transfer;

import static banking.Bank.awaitQuiet;
import static banking.Bank.balance;
import static banking.Bank.open;
import static banking.Bank.teller;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;

import banking.Bank;
import banking.CommandServiceTest;
import banking.Concurrently;
import banking.events.codec.WrittenEvent;
import io.restassured.response.Response;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@CommandServiceTest
class TransferTest {

    @Test
    void money_moves_from_one_account_to_the_other() {
        var from = open("10.00");
        var to = open("1.00");

        var answer = transfer(from, to, "4.00");
        String transfer =
                answer.then()
                        .statusCode(202)
                        .header("ETag", equalTo("\"3\""))
                        .extract()
                        .path("transferId");

        assertThat(answer.header("Location"))
                .isEqualTo("/transfers/%s?from=%s&min-version=3".formatted(transfer, from));
        awaitQuiet();
        assertThat(balance(from)).isEqualTo("6.00");
        assertThat(balance(to)).isEqualTo("5.00");
        assertThat(types(from)).endsWith("TransferRequested", "TransferCompleted");
        assertThat(types(to)).endsWith("TransferReceived");
    }

    @ParameterizedTest
    @CsvSource({
        "frozen, account-frozen",
        "closed, account-closed",
        "in yen, currency-mismatch",
        "unknown, account-not-found",
    })
    void what_the_target_does_not_take_comes_back_once(String target, String reason) {
        var from = open("10.00");
        var to = refusing(target);

        transfer(from, to, "4.00").then().statusCode(202);
        awaitQuiet();

        assertThat(balance(from)).isEqualTo("10.00");
        assertThat(types(from)).containsOnlyOnce("TransferRefunded");
        assertThat(types(from)).doesNotContain("TransferCompleted");
        Bank.as("auditor")
                .get("/streams/account/{id}/events", from)
                .then()
                .body("events.last().payload.reason", equalTo(reason));
    }

    private static String refusing(String target) {
        if (target.equals("unknown")) {
            return UUID.randomUUID().toString();
        }
        if (target.equals("in yen")) {
            return teller().body(
                            """
                            {"owner":"Chie","currency":"JPY"}""")
                    .post("/accounts")
                    .path("accountId");
        }
        var account =
                teller().body("{\"owner\":\"Bob\",\"currency\":\"EUR\"}")
                        .post("/accounts")
                        .<String>path("accountId");
        var refuse =
                target.equals("closed")
                        ? teller().delete("/accounts/{id}", account)
                        : teller().post("/accounts/{id}/freeze", account);
        refuse.then().statusCode(200);
        return account;
    }

    @Test
    void a_transfer_that_the_source_refuses_leaves_no_trace() {
        var from = open("1.00");
        var to = open("1.00");

        transfer(from, to, "1.01")
                .then()
                .statusCode(422)
                .body("code", equalTo("insufficient-funds"));
        transfer(from, from, "1.00").then().statusCode(422).body("code", equalTo("same-account"));
        awaitQuiet();

        assertThat(Bank.journal(from)).containsExactly(1, 2);
        assertThat(Bank.journal(to)).containsExactly(1, 2);
    }

    @Test
    void a_transfer_that_is_asked_for_again_under_its_key_is_one_transfer() {
        var from = open("10.00");
        var to = open("1.00");
        var key = UUID.randomUUID().toString();

        var answers =
                Concurrently.times(
                        8,
                        () ->
                                teller().header("Idempotency-Key", key)
                                        .body(body(to, "4.00"))
                                        .post("/accounts/{id}/transfers", from)
                                        .asString());
        awaitQuiet();

        assertThat(answers).hasSize(8).containsOnly(answers.getFirst());
        assertThat(balance(from)).isEqualTo("6.00");
        assertThat(balance(to)).isEqualTo("5.00");
    }

    /** Accounts freeze and close under the transfers, each of which has one end. */
    @Test
    void no_money_is_made_or_lost_whatever_the_accounts_do_meanwhile() {
        var accounts = new ArrayList<String>();
        for (int i = 0; i < 8; i++) {
            accounts.add(open("100.00"));
        }
        var random = new Random(4711);
        for (int i = 0; i < 150; i++) {
            var from = accounts.get(random.nextInt(accounts.size()));
            var to = accounts.get(random.nextInt(accounts.size()));
            switch (random.nextInt(12)) {
                case 0 -> teller().post("/accounts/{id}/freeze", from);
                case 1, 2 -> teller().post("/accounts/{id}/unfreeze", from);
                default -> transfer(from, to, "0." + (10 + random.nextInt(90)));
            }
        }
        awaitQuiet();

        assertThat(accounts.stream().map(a -> new BigDecimal(balance(a))).reduce(BigDecimal::add))
                .hasValue(new BigDecimal("800.00"));
        var types = accounts.stream().flatMap(a -> types(a).stream()).toList();
        assertThat(count(types, "TransferRequested"))
                .isPositive()
                .isEqualTo(count(types, "TransferCompleted") + count(types, "TransferRefunded"));
        assertThat(count(types, "TransferReceived")).isEqualTo(count(types, "TransferCompleted"));
        assertThat(count(types, "TransferRefunded")).isPositive();
    }

    /** Every event of the transfer comes again, after all of them took effect. */
    @Test
    void a_transfer_whose_events_come_twice_moves_money_once() {
        var from = open("10.00");
        var to = open("1.00");
        transfer(from, to, "4.00").then().statusCode(202);
        awaitQuiet();

        Bank.publishAgain(from);
        Bank.publishAgain(to);
        awaitQuiet();

        assertThat(balance(from)).isEqualTo("6.00");
        assertThat(balance(to)).isEqualTo("5.00");
        assertThat(Bank.journal(from)).hasSize(4);
        assertThat(Bank.journal(to)).hasSize(3);
    }

    @Test
    void a_reaction_carries_on_what_the_request_came_with() {
        var from = open("10.00");
        var to = open("1.00");

        teller().header("X-Correlation-ID", "story-2")
                .body(body(to, "4.00"))
                .post("/accounts/{id}/transfers", from)
                .then()
                .statusCode(202);
        awaitQuiet();

        assertThat(Bank.topic(to).getLast())
                .returns("story-2", WrittenEvent::correlationId)
                .returns("policy:transfers", WrittenEvent::actor);
    }

    @Test
    void the_location_of_a_transfer_that_needs_a_body_is_not_given() {
        teller().post("/accounts/{id}/transfers", open("1.00"))
                .then()
                .statusCode(422)
                .contentType("application/problem+json")
                .body("type", endsWith("invalid-request"));
    }

    private static Response transfer(String from, String to, String amount) {
        return teller().body(body(to, amount)).post("/accounts/{id}/transfers", from);
    }

    private static String body(String to, String amount) {
        return """
        {"to":"%s","amount":"%s","currency":"EUR","reference":"rent"}"""
                .formatted(to, amount);
    }

    private static List<String> types(String account) {
        return Bank.as("auditor")
                .queryParam("limit", 1000)
                .get("/streams/account/{id}/events", account)
                .path("events.type");
    }

    private static long count(List<String> types, String type) {
        return types.stream().filter(type::equals).count();
    }
}
