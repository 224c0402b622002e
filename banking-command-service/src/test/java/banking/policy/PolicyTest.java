package banking.policy;

import static banking.Bank.as;
import static banking.Bank.awaitQuiet;
import static banking.Bank.open;
import static banking.Bank.state;
import static banking.Bank.teller;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.not;

import banking.Bank;
import banking.CommandServiceTest;
import banking.Envelopes;
import banking.People;
import banking.events.AccountEvent.TransferRequested;
import banking.events.AccountId;
import banking.events.Currency;
import banking.events.Money;
import banking.events.Topic;
import banking.events.TransferId;
import banking.events.codec.EventCodec;
import io.micrometer.core.instrument.MeterRegistry;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@CommandServiceTest
class PolicyTest {

    @Inject ThawingPolicy policy;
    @Inject MeterRegistry metrics;

    @AfterEach
    void heal() {
        policy.broken = false;
        policy.failure = "the policy is broken";
        policy.strict = false;
        policy.blind = false;
        policy.failures.set(0);
        policy.effects.set(0);
    }

    @Test
    void an_event_leads_to_a_command_elsewhere() {
        var account = open("1.00");

        freeze(account);
        awaitStatus(account, "OPEN");

        assertThat(Bank.journal(account)).containsExactly(1, 2, 3, 4);
    }

    @Test
    void a_reaction_that_fails_for_a_while_is_tried_until_it_works() {
        policy.failures.set(4);
        var account = open("1.00");

        freeze(account);
        awaitStatus(account, "OPEN");

        assertThat(policy.failures).hasValue(0);
        assertThat(Bank.journal(account)).containsExactly(1, 2, 3, 4);
    }

    @Test
    void an_event_that_comes_again_has_no_further_effect_inside_or_outside() {
        var account = open("1.00");
        freeze(account);
        awaitStatus(account, "OPEN");
        awaitQuiet();

        Bank.publishAgain(account);
        Bank.publishAgain(account);
        awaitQuiet();

        assertThat(Bank.journal(account)).containsExactly(1, 2, 3, 4);
        assertThat(policy.effects).hasValue(1);
    }

    @Test
    void a_stream_that_the_policy_cannot_cope_with_waits_and_no_other_does() {
        var account = open("1.00");
        policy.broken = true;
        freeze(account);
        awaitParked(account);

        policy.broken = false;
        teller().post("/accounts/{id}/unfreeze", account).then().statusCode(200);
        freeze(account);
        var other = open("1.00");
        freeze(other);
        awaitStatus(other, "OPEN");
        awaitQuiet();

        // Its second freezing waits behind the first, which the operator has looked into.
        state(account).then().body("state.status", equalTo("FROZEN"));
        as("operator")
                .get("/policies/thawing/parked")
                .then()
                .statusCode(200)
                .body("parked.streamId", hasItem(account))
                .body("parked.reason", hasItem("the policy is broken"));
        replay(account)
                .then()
                .statusCode(200)
                .body("parked", equalTo(false))
                .body("events", equalTo(3));
        awaitStatus(account, "OPEN");
        replay(account).then().statusCode(404).body("code", equalTo("parked-stream-not-found"));
    }

    @Test
    void a_replay_that_fails_again_leaves_the_stream_parked() {
        var account = open("1.00");
        policy.broken = true;
        freeze(account);
        awaitParked(account);

        replay(account)
                .then()
                .statusCode(200)
                .body("parked", equalTo(true))
                .body("reason", equalTo("the policy is broken"));

        policy.broken = false;
        replay(account).then().statusCode(200).body("parked", equalTo(false));
        awaitStatus(account, "OPEN");
    }

    @Test
    void a_record_that_is_no_event_of_the_banks_stops_no_policy() {
        Bank.publishNonsense();
        var account = open("1.00");

        freeze(account);

        awaitStatus(account, "OPEN");
    }

    @Test
    void operators_see_how_far_each_policy_is() {
        open("1.00");
        awaitQuiet();

        as("operator")
                .get("/policies")
                .then()
                .statusCode(200)
                .body("policies.name", hasItems("transfers", "thawing"))
                .body("policies.lag", not(hasItem((Object) null)))
                .body("policies[0].positions[0].partition", equalTo(0));
    }

    @Test
    void a_policy_that_does_not_exist_is_not_found() {
        as("operator")
                .get("/policies/none/parked")
                .then()
                .statusCode(404)
                .body("code", equalTo("policy-not-found"));
    }

    /** PostgreSQL stores no NUL, and what cannot be told must not stop everything. */
    @Test
    void a_failure_whose_text_cannot_be_stored_stops_no_other() {
        policy.broken = true;
        policy.failure = "x\0y" + "z".repeat(5000);
        var account = open("1.00");
        freeze(account);
        awaitParked(account);

        policy.broken = false;
        var other = open("1.00");
        freeze(other);
        awaitStatus(other, "OPEN");
        replay(account).then().statusCode(200).body("parked", equalTo(false));
    }

    /** A refusal that must not be: it is told, tried again by itself, and holds up nobody else. */
    @Test
    void what_must_not_be_refused_is_tried_again_until_it_is_not() {
        policy.strict = true;
        policy.broken = true;
        var account = open("1.00");
        freeze(account);
        awaitParked(account);
        teller().post("/accounts/{id}/unfreeze", account).then().statusCode(200);
        policy.broken = false;

        replay(account)
                .then()
                .statusCode(200)
                .body("parked", equalTo(true))
                .body("reason", equalTo("UnfreezeAccount was refused: account-not-frozen"));
        var other = open("1.00");
        freeze(other);
        awaitStatus(other, "OPEN");

        teller().post("/accounts/{id}/freeze", account).then().statusCode(200);
        awaitStatus(account, "OPEN");
    }

    @Test
    void an_operator_skips_what_is_parked_and_says_why() {
        policy.broken = true;
        var account = open("1.00");
        freeze(account);
        awaitParked(account);
        policy.broken = false;

        skip(account, "{\"because\":\" \"}").then().statusCode(422);
        skip(account, "{\"because\":\"looked into, ticket 7\"}")
                .then()
                .statusCode(200)
                .body("matters", equalTo(1));
        skip(account, "{\"because\":\"once more\"}")
                .then()
                .statusCode(404)
                .body("code", equalTo("parked-stream-not-found"));

        // Nor is it reacted to when it comes again.
        Bank.publishAgain(account);
        var other = open("1.00");
        freeze(other);
        awaitStatus(other, "OPEN");
        awaitQuiet();
        state(account).then().body("state.status", equalTo("FROZEN"));
        assertThat(
                        Bank.count(
                                """
                                skipped_matter where stream_id = '%s' and skipped_by = 'operator'
                                and because = 'looked into, ticket 7'"""
                                        .formatted(account)))
                .isEqualTo(1);
    }

    @Test
    void all_that_is_parked_is_replayed_at_once() {
        policy.broken = true;
        var accounts = List.of(open("1.00"), open("1.00"), open("1.00"));
        accounts.forEach(PolicyTest::freeze);
        accounts.forEach(PolicyTest::awaitParked);
        policy.broken = false;

        // A sweep meanwhile cannot tell of earlier ones whether a broken policy has reacted.
        as("operator")
                .post("/policies/thawing/parked/replay")
                .then()
                .statusCode(202)
                .body("matters", greaterThanOrEqualTo(3));

        accounts.forEach(account -> awaitStatus(account, "OPEN"));
        awaitQuiet();
        accounts.forEach(account -> assertThat(parked(account)).isEmpty());
    }

    @Test
    void what_is_parked_is_told_in_pages() {
        policy.broken = true;
        var accounts = List.of(open("1.00"), open("1.00"), open("1.00"));
        accounts.forEach(PolicyTest::freeze);
        accounts.forEach(PolicyTest::awaitParked);

        var seen = new ArrayList<String>();
        String next = null;
        do {
            var request = as("operator").queryParam("limit", 2);
            var page =
                    (next == null ? request : request.queryParam("after", next))
                            .get("/policies/thawing/parked");
            seen.addAll(page.path("parked.streamId"));
            next = page.path("next");
        } while (next != null);

        assertThat(seen).containsAll(accounts).doesNotHaveDuplicates();
        as("operator")
                .queryParam("after", "nonsense")
                .get("/policies/thawing/parked")
                .then()
                .statusCode(400);
        policy.broken = false;
        as("operator").post("/policies/thawing/parked/replay").then().statusCode(202);
        accounts.forEach(account -> awaitStatus(account, "OPEN"));
    }

    @Test
    void an_event_that_kafka_has_lost_is_found_in_the_journal() {
        policy.blind = true;
        var account = open("1.00");
        freeze(account);
        awaitQuiet();
        policy.blind = false;

        Bank.sql("update policy_sweep set swept_until = timestamptz 'epoch'");

        awaitStatus(account, "OPEN");
        awaitQuiet();
    }

    /** 777,000.00 to an account, of a source that does not exist. */
    @Test
    void a_record_that_no_command_has_written_moves_no_money() {
        var account = open("1.00");
        var forged = metrics.counter("bank.policy.forged.records", "policy", "transfers");
        var before = forged.count();
        var amount = new Money(77_700_000, new Currency("EUR"));
        var transfer =
                new TransferRequested(
                        new TransferId(UUID.randomUUID()),
                        AccountId.fromString(account),
                        amount,
                        amount,
                        null);
        var nobody = new AccountId(UUID.randomUUID());
        var written = EventCodec.STANDARD.write(Envelopes.of(nobody, 2, transfer));

        People.publishAgain(Topic.ACCOUNTS, List.of(written));

        Awaitility.await().atMost(Bank.PATIENCE).until(() -> forged.count() > before);
        awaitQuiet();
        assertThat(Bank.balance(account)).isEqualTo("1.00");
        assertThat(Bank.journal(account)).containsExactly(1, 2);
    }

    private static Response skip(String account, String body) {
        return as("operator")
                .contentType("application/json")
                .body(body)
                .post("/policies/thawing/parked/{id}/skip", account);
    }

    private static Response replay(String account) {
        return as("operator").post("/policies/thawing/parked/{id}/replay", account);
    }

    private static void freeze(String account) {
        teller().body("{\"reason\":\"" + ThawingPolicy.REASON + "\"}")
                .post("/accounts/{id}/freeze", account)
                .then()
                .statusCode(200);
    }

    private static void awaitStatus(String account, String status) {
        Awaitility.await()
                .atMost(Bank.PATIENCE)
                .until(() -> state(account).path("state.status").equals(status));
    }

    private static void awaitParked(String account) {
        Awaitility.await().atMost(Bank.PATIENCE).until(() -> !parked(account).isEmpty());
    }

    private static List<Object> parked(String account) {
        return as("operator")
                .get("/policies/thawing/parked")
                .path("parked.findAll { it.streamId == '%s' }".formatted(account));
    }
}
