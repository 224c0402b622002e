package banking.account;

import static banking.Bank.open;
import static banking.Bank.state;
import static banking.Bank.teller;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import banking.Bank;
import banking.CommandServiceTest;
import io.restassured.response.Response;
import java.time.Instant;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@CommandServiceTest
class HoldsTest {

    @Test
    void held_money_is_booked_and_not_available() {
        var account = open("10.00");

        place(account, "4.00", in(3600)).then().statusCode(201).header("ETag", equalTo("\"3\""));

        state(account)
                .then()
                .body("state.balance.amount", equalTo("10.00"))
                .body("state.available.amount", equalTo("6.00"));
        Bank.withdraw(account, "6.01")
                .then()
                .statusCode(422)
                .body("code", equalTo("insufficient-funds"));
    }

    @Test
    void a_part_of_a_hold_is_captured_and_the_rest_is_available_again() {
        var account = open("10.00");
        var hold = place(account, "4.00", in(3600)).<String>path("holdId");

        end(account, hold, "capture", Bank.movement("1.50"))
                .then()
                .statusCode(200)
                .body("balance.amount", equalTo("8.50"))
                .body("available.amount", equalTo("8.50"));
    }

    @Test
    void a_hold_is_captured_whole_where_no_amount_is_named() {
        var account = open("10.00");
        var hold = place(account, "4.00", in(3600)).<String>path("holdId");

        end(account, hold, "capture", null)
                .then()
                .statusCode(200)
                .body("balance.amount", equalTo("6.00"));
        end(account, hold, "capture", null)
                .then()
                .statusCode(404)
                .body("code", equalTo("hold-not-found"));
    }

    @Test
    void a_released_hold_is_available_again() {
        var account = open("10.00");
        var hold = place(account, "4.00", in(3600)).<String>path("holdId");

        end(account, hold, "release", null)
                .then()
                .statusCode(200)
                .body("available.amount", equalTo("10.00"));
    }

    @Test
    void a_hold_expires_by_itself() {
        var account = open("10.00");
        place(account, "3.00", in(1)).then().statusCode(201);
        place(account, "4.00", in(1)).then().statusCode(201);
        place(account, "1.00", in(3600)).then().statusCode(201);

        Awaitility.await()
                .atMost(Bank.PATIENCE)
                .until(() -> state(account).path("state.available.amount").equals("9.00"));

        assertThat(Bank.journal(account)).hasSize(7);
        assertThat(Bank.count("stream where due_at is not null and stream_id = '" + account + "'"))
                .isEqualTo(1);
    }

    /** By a migration that changes the form of states. */
    @Test
    void a_hold_expires_also_where_the_state_was_emptied() {
        var account = open("10.00");
        place(account, "3.00", in(2)).then().statusCode(201);
        Bank.sql("update stream set state = null where stream_id = '" + account + "'");

        Awaitility.await()
                .atMost(Bank.PATIENCE)
                .until(() -> state(account).path("state.available.amount").equals("10.00"));
    }

    @Test
    void an_account_that_cannot_be_read_holds_up_no_others_expiry() {
        var broken = open("10.00");
        var account = open("10.00");
        place(broken, "3.00", in(2)).then().statusCode(201);
        place(account, "3.00", in(3)).then().statusCode(201);
        Bank.sql("update stream set state = null where stream_id = '" + broken + "'");
        Bank.retype(broken, "AccountOpened", "Unheard");
        try {
            Awaitility.await()
                    .atMost(Bank.PATIENCE)
                    .until(() -> state(account).path("state.available.amount").equals("10.00"));
            Awaitility.await()
                    .atMost(Bank.PATIENCE)
                    .until(
                            () ->
                                    Bank.management("/health/ready")
                                            .<String>path(
                                                    "checks.find { it.name == 'progress' }.data.timer")
                                            .contains(broken));
        } finally {
            Bank.retype(broken, "Unheard", "AccountOpened");
        }
        Awaitility.await()
                .atMost(Bank.PATIENCE)
                .until(() -> state(broken).path("state.available.amount").equals("10.00"));
    }

    @Test
    void a_hold_of_the_past_is_refused() {
        place(open("10.00"), "4.00", in(-1))
                .then()
                .statusCode(422)
                .body("code", equalTo("expiry-out-of-bounds"));
    }

    @Test
    void a_hold_that_was_never_placed_is_not_found() {
        end(open("10.00"), UUID.randomUUID().toString(), "release", null)
                .then()
                .statusCode(404)
                .body("code", equalTo("hold-not-found"));
    }

    private static Instant in(int seconds) {
        return Instant.now().plusSeconds(seconds);
    }

    /** A number would be seconds, or milliseconds: who knows. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "1795835200",
                "1795835200.5",
                "-1",
                "\"1795835200\"",
                "\"1795835200.5\"",
                "\"\"",
                "\" \"",
                "true",
                "[2026,1,1]",
                "\"2026-12-31\"",
            })
    void only_an_instant_in_words_is_one(String expires) {
        var account = open("10.00");

        teller().body("{\"amount\":\"1.00\",\"currency\":\"EUR\",\"expires\":" + expires + "}")
                .post("/accounts/{id}/holds", account)
                .then()
                .statusCode(400)
                .body("code", equalTo("malformed-request"))
                .body("detail", equalTo("The member expires is not of the type expected here."));
        assertThat(Bank.journal(account)).hasSize(2);
    }

    private static Response place(String account, String amount, Instant expires) {
        return teller().body(
                        """
                        {"amount":"%s","currency":"EUR","expires":"%s","reference":"hotel"}"""
                                .formatted(amount, expires))
                .post("/accounts/{id}/holds", account);
    }

    private static Response end(String account, String hold, String how, @Nullable String body) {
        var request = teller();
        if (body != null) {
            request.body(body);
        }
        return request.post("/accounts/{id}/holds/{hold}/{how}", account, hold, how);
    }
}
