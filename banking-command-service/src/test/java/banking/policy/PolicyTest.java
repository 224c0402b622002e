package banking.policy;

import static banking.Bank.as;
import static banking.Bank.awaitQuiet;
import static banking.Bank.open;
import static banking.Bank.state;
import static banking.Bank.teller;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.not;

import banking.Bank;
import banking.CommandServiceTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@CommandServiceTest
class PolicyTest {

    @Inject ThawingPolicy policy;

    @AfterEach
    void heal() {
        policy.broken = false;
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

    /** F8. */
    @Test
    void a_reaction_that_fails_for_a_while_is_tried_until_it_works() {
        policy.failures.set(4);
        var account = open("1.00");

        freeze(account);
        awaitStatus(account, "OPEN");

        assertThat(policy.failures).hasValue(0);
        assertThat(Bank.journal(account)).containsExactly(1, 2, 3, 4);
    }

    /** F9. */
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
        replay(account).then().statusCode(404).body("code", equalTo("stream-not-parked"));
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
        Awaitility.await()
                .atMost(Bank.PATIENCE)
                .until(
                        () ->
                                as("operator")
                                        .get("/policies/thawing/parked")
                                        .<List<String>>path("parked.streamId")
                                        .contains(account));
    }
}
