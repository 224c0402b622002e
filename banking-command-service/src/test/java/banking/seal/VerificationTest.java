package banking.seal;

import static banking.Bank.as;
import static banking.Bank.deposit;
import static banking.Bank.open;
import static banking.journal.TamperingTest.account;
import static banking.journal.TamperingTest.change;
import static banking.journal.TamperingTest.forge;
import static banking.seal.Findings.awaitFound;
import static org.assertj.core.api.Assertions.assertThat;

import banking.Bank;
import banking.CommandServiceTest;
import banking.Published;
import java.time.Instant;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What somebody does who has the database, as the service's own role, is found by who looks at
 * everything, be it that nobody asks for that stream.
 */
@CommandServiceTest
class VerificationTest {

    @AfterAll
    static void forget() throws Exception {
        Published.forget();
    }

    private final Instant begun = Instant.now();

    /** So that there is room for those of this test. */
    @BeforeEach
    void forgetWhatOthersHaveAskedFor() {
        Bank.sql("delete from verification where until is not null");
    }

    /** Lets the walk that never ends come by here. */
    private static void awaitBroken(String account, String why) {
        awaitFound(
                "streams",
                "stream " + account,
                why,
                () ->
                        Bank.sql(
                                "update verification set position = '"
                                        + account
                                        + ":0', leased_until = '-infinity' where walk = 'streams'"));
    }

    /** Asks for the seals of this test. */
    private void awaitUnsealed(String place, String why) {
        Findings.awaitUnsealed(begun, place, why);
    }

    private static String sealedAccount() {
        var account = account();
        Bank.awaitSealed(account + ":5");
        return account;
    }

    @Test
    void an_amount_in_the_middle_that_was_changed_is_found_by_both_walks() {
        var account = sealedAccount();
        change(
                "update event set payload = replace(payload, '1100', '9900') where {id} and version = 3",
                account);

        awaitBroken(account, "version 3 has not the hash");
        awaitUnsealed("journal " + account + ":3", "is not as seal");
    }

    /** The row of before with the seal that it had: nothing in the database tells of it. */
    @Test
    void a_tail_that_was_cut_off_and_the_row_of_before_put_back_are_found_by_the_seals() {
        var account = open("10.00");
        Bank.sql(
                "create table stream_before as select * from stream where stream_id = '"
                        + account
                        + "'");
        deposit(account, "1.00");
        Bank.awaitSealed(account + ":3");
        change(
                """
                delete from event where {id} and version > 2; delete from stream where {id};
                insert into stream select * from stream_before; drop table stream_before""",
                account);

        Bank.state(account).then().body("intact", org.hamcrest.Matchers.equalTo(true));
        awaitUnsealed("journal " + account + ":3", "is gone");
    }

    @Test
    void a_tail_that_was_cut_off_is_found_by_both_walks() {
        var account = sealedAccount();
        change("delete from event where {id} and version > 3", account);

        awaitBroken(account, "version 4 is missing");
        awaitUnsealed("journal " + account + ":5", "is gone");
    }

    @Test
    void a_stream_that_was_deleted_is_found_by_the_seals() {
        var account = sealedAccount();
        change("delete from event where {id}; delete from stream where {id}", account);

        awaitUnsealed("journal " + account + ":1", "is gone");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "state = replace(state, '1300', '9900')",
                "due_at = now() + interval '1 day'",
            })
    void a_state_that_was_edited_is_found_before_anybody_asks(String change) {
        var account = account();
        Bank.sql("update stream set " + change + " where stream_id = '" + account + "'");

        awaitBroken(account, "a state beside it that was changed");
    }

    @Test
    void the_answer_of_a_command_that_was_taken_out_is_missed() {
        var account = open("10.00");
        Bank.teller()
                .header("Idempotency-Key", UUID.randomUUID())
                .body(Bank.movement("1.00"))
                .post("/accounts/{id}/deposits", account)
                .then()
                .statusCode(201);
        Bank.sql("delete from processed_command where stream_id = '" + account + "'");

        awaitBroken(account, "version 3 has no answer");
    }

    @Test
    void an_event_that_was_forged_with_all_the_rest_is_found_and_not_sealed() {
        var account = sealedAccount();
        forge(account);

        awaitBroken(account, "version 6 has not the hash");
        Bank.awaitPublished();
        Bank.awaitSealed(open("1.00") + ":1");
        assertThat(Bank.count("seal where strpos(leaves, '" + account + ":6 ') > 0")).isZero();
    }

    @Test
    void a_seal_that_was_taken_out_or_changed_is_missed() {
        Bank.awaitSealed(open("1.00") + ":1");
        Bank.awaitSealed(open("1.00") + ":1");
        Bank.awaitSealed(open("1.00") + ":1");
        var number = Bank.count("seal") - 1;
        Bank.sql(
                "create table seal_before as select * from seal where number = " + number,
                "delete from seal where number = " + number);
        try {
            awaitUnsealed("seal " + number, "is missing");
            Bank.sql(
                    "delete from verification where until is not null",
                    "insert into seal select * from seal_before",
                    "update seal set text = replace(text, 'leaves ', 'leaves 1') where number = "
                            + number);
            awaitUnsealed("seal " + number, "is not signed");
        } finally {
            Bank.sql(
                    "delete from seal where number = " + number,
                    "insert into seal select * from seal_before",
                    "drop table seal_before");
        }
    }

    @Test
    void a_time_is_verified_in_the_background_when_somebody_asks() {
        var from = Instant.now().toString();
        var account = sealedAccount();
        change("update event set actor = 'somebody' where {id} and version = 2", account);

        as("auditor").get("/journal/verification?from={from}", from).then().statusCode(200);

        awaitFound(from, "journal " + account + ":2", "is not as seal", () -> {});
        Awaitility.await()
                .atMost(Bank.PATIENCE)
                .until(
                        () ->
                                as("operator")
                                                .get("/journal/verification")
                                                .path(
                                                        "walks.find { it.walk.startsWith('%s') }.endedAt"
                                                                .formatted(from))
                                        != null);
    }
}
