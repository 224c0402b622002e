package banking.approval;

import static banking.Feed.START;
import static banking.Feed.event;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import banking.Bank;
import banking.Feed;
import banking.embedded.BankTestResource;
import banking.events.ApprovalEvent.ApprovalCarriedOut;
import banking.events.ApprovalEvent.ApprovalExpired;
import banking.events.ApprovalEvent.ApprovalFailed;
import banking.events.ApprovalEvent.ApprovalGranted;
import banking.events.ApprovalEvent.ApprovalRefused;
import banking.events.ApprovalEvent.ApprovalRequested;
import banking.events.ApprovalId;
import banking.events.WrittenCommand;
import banking.events.codec.WrittenEvent;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(
        value = BankTestResource.class,
        initArgs = @ResourceArg(name = "service", value = "query"))
class ApprovalQueriesTest {

    private final UUID id = UUID.randomUUID();
    private final UUID account = UUID.randomUUID();
    private final WrittenCommand freeze =
            new WrittenCommand("FreezeAccount", "account", account, "{\"reason\":\"lost card\"}");

    private WrittenEvent requested() {
        return event(
                id,
                1,
                new ApprovalRequested(
                        new ApprovalId(id), freeze, "four-eyes", "teller-" + id, null, START));
    }

    @Test
    void what_waits_is_shown_with_all_that_it_says_and_found_by_what_it_is_about() {
        var requested = requested();
        Feed.send(requested, requested);

        Bank.view("/approvals/", id, 1)
                .statusCode(200)
                .body("approvalId", equalTo(id.toString()))
                .body("status", equalTo("WAITING"))
                .body("command", equalTo("FreezeAccount"))
                .body("targetKind", equalTo("account"))
                .body("targetId", equalTo(account.toString()))
                .body("details", equalTo(freeze.json()))
                .body("because", equalTo("four-eyes"))
                .body("requestedBy", equalTo("teller-" + id))
                .body("decidedBy", nullValue())
                .body("expiresAt", equalTo(START.toString()))
                .body("behind", equalTo(false));
        isFound("targetId=" + account + "&status=WAITING&requestedBy=teller-" + id, true);
        isFound("targetId=" + account + "&status=APPROVED", false);
        isFound("targetId=" + account + "&requestedBy=somebody", false);
        isFound("targetId=" + UUID.randomUUID(), false);
    }

    private void isFound(String filter, boolean isFound) {
        Bank.as("supervisor")
                .get("/approvals?" + filter)
                .then()
                .statusCode(200)
                .body("approvals.approvalId", isFound ? contains(id.toString()) : empty());
    }

    @Test
    void what_has_become_of_it_is_told() {
        Feed.send(requested(), event(id, 2, new ApprovalGranted(freeze, "supervisor")));
        Bank.view("/approvals/", id, 2)
                .body("status", equalTo("APPROVED"))
                .body("decidedBy", equalTo("supervisor"));

        Feed.send(event(id, 3, new ApprovalCarriedOut()));
        Bank.view("/approvals/", id, 3).body("status", equalTo("CARRIED_OUT"));
    }

    @Test
    void why_it_failed_is_told() {
        Feed.send(
                requested(),
                event(id, 2, new ApprovalGranted(freeze, "supervisor")),
                event(id, 3, new ApprovalFailed("account-frozen", "The account is frozen.")));

        Bank.view("/approvals/", id, 3)
                .body("status", equalTo("FAILED"))
                .body("reason", equalTo("account-frozen"));
    }

    @Test
    void why_it_was_refused_is_told_and_that_nobody_decided() {
        Feed.send(requested(), event(id, 2, new ApprovalRefused("supervisor", "Call first")));
        Bank.view("/approvals/", id, 2)
                .body("status", equalTo("REFUSED"))
                .body("decidedBy", equalTo("supervisor"))
                .body("reason", equalTo("Call first"));

        var other = UUID.randomUUID();
        var asked =
                new ApprovalRequested(
                        new ApprovalId(other), freeze, "four-eyes", "teller", null, START);
        Feed.send(event(other, 1, asked), event(other, 2, new ApprovalExpired()));
        Bank.view("/approvals/", other, 2).body("status", equalTo("EXPIRED"));
    }

    @Test
    void what_nobody_asked_for_is_not_found() {
        Bank.as("teller")
                .get("/approvals/{id}", id)
                .then()
                .statusCode(404)
                .body("code", equalTo("approval-not-found"));
    }
}
