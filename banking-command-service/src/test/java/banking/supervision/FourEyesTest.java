package banking.supervision;

import static banking.account.AccountType.ACCOUNT;
import static banking.approval.ApprovalType.APPROVAL;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import banking.Bank;
import banking.CommandServiceTest;
import banking.Concurrently;
import banking.Contexts;
import banking.People;
import banking.account.AccountCommand.FreezeAccount;
import banking.aggregate.CommandFormat;
import banking.approval.ApprovalCommand.RequestApproval;
import banking.events.ApprovalId;
import banking.events.StreamId;
import banking.events.WrittenCommand;
import banking.pipeline.CommandPipeline;
import banking.rules.TestIssuer;
import banking.rules.TestToken;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Commands that another approves first; in these tests, those of supervisors. */
@CommandServiceTest
class FourEyesTest {

    private static final String UNDER_KEY = "Idempotency-Key";

    @Inject CommandPipeline pipeline;

    private TestIssuer issuer;

    @BeforeEach
    void open() {
        issuer = TestIssuer.start();
        Awaitility.await()
                .atMost(Bank.PATIENCE)
                .until(() -> decide("approval", UUID.randomUUID()).statusCode() == 404);
    }

    @AfterEach
    void close() {
        issuer.close();
    }

    private static Response freeze(String account, String key) {
        return Bank.as("supervisor")
                .header(UNDER_KEY, key)
                .contentType(ContentType.JSON)
                .body(Map.of("reason", "a lost card"))
                .post("/accounts/{id}/freeze", account);
    }

    private static String approval(String account) {
        return freeze(account, UUID.randomUUID().toString())
                .then()
                .statusCode(202)
                .extract()
                .path("approvalId");
    }

    /** As another supervisor. */
    private static Response decide(String how, Object approval) {
        var token = TestToken.of("another", "supervisor");
        return given().header("Authorization", "Bearer " + token)
                .contentType(ContentType.JSON)
                .body(Map.of("reason", "Call first"))
                .post("/approvals/{id}/" + how, approval.toString());
    }

    private static void awaitHistory(String approval, String... events) {
        Awaitility.await()
                .atMost(Bank.PATIENCE)
                .until(() -> People.history("approval", approval).equals(List.of(events)));
    }

    private static List<String> history(String account) {
        return People.history("account", account);
    }

    @Test
    void a_command_waits_until_another_has_approved_it_and_is_then_done_once() {
        var account = Bank.open("1.00");
        var key = UUID.randomUUID().toString();
        var answer = freeze(account, key);
        String approval = answer.path("approvalId");
        answer.then()
                .statusCode(202)
                .header("Location", containsString("/approvals/" + approval))
                .header("ETag", "\"1\"")
                .body("status", equalTo("WAITING"))
                .body("command", equalTo("FreezeAccount"))
                .body("because", equalTo("four-eyes"))
                .body("targetKind", equalTo("account"))
                .body("targetId", equalTo(account))
                .body("requestedBy", equalTo("supervisor"));
        assertThat(freeze(account, key).asString()).isEqualTo(answer.asString());
        assertThat(history(account)).doesNotContain("AccountFrozen");

        Bank.as("supervisor")
                .post("/approvals/{id}/approval", approval)
                .then()
                .statusCode(422)
                .body("code", equalTo("own-request"));
        decide("approval", approval).then().statusCode(200).body("status", equalTo("APPROVED"));

        awaitHistory(approval, "ApprovalRequested", "ApprovalGranted", "ApprovalCarriedOut");
        assertThat(history(account)).endsWith("AccountFrozen");
        decide("approval", approval)
                .then()
                .statusCode(409)
                .body("code", equalTo("approval-settled"));
        Bank.awaitPublished();
        Bank.as("operator")
                .contentType(ContentType.JSON)
                .body(Map.of("streamId", approval))
                .post("/outbox/again")
                .then()
                .statusCode(200);
        Bank.awaitQuiet();
        assertThat(Collections.frequency(history(account), "AccountFrozen")).isEqualTo(1);
    }

    @Test
    void of_fifty_who_approve_at_once_one_does() {
        var account = Bank.open("1.00");
        var approval = approval(account);

        var statuses = Concurrently.times(50, () -> decide("approval", approval).statusCode());

        assertThat(Collections.frequency(statuses, 200)).isEqualTo(1);
        assertThat(Collections.frequency(statuses, 409)).isEqualTo(49);
        awaitHistory(approval, "ApprovalRequested", "ApprovalGranted", "ApprovalCarriedOut");
        assertThat(Collections.frequency(history(account), "AccountFrozen")).isEqualTo(1);
    }

    @Test
    void what_is_refused_is_not_done() {
        var account = Bank.open("1.00");
        var approval = approval(account);

        decide("refusal", approval).then().statusCode(200).body("status", equalTo("REFUSED"));

        decide("approval", approval).then().statusCode(409);
        assertThat(history(account)).doesNotContain("AccountFrozen");
    }

    @Test
    void why_it_was_refused_after_all_is_with_the_approval() {
        var account = Bank.open("0");
        var approval = approval(account);
        Bank.teller().delete("/accounts/{id}", account).then().statusCode(200);

        decide("approval", approval).then().statusCode(200);

        awaitHistory(approval, "ApprovalRequested", "ApprovalGranted", "ApprovalFailed");
        Bank.as("auditor")
                .get("/streams/approval/{id}/events", approval)
                .then()
                .body("events[2].payload.code", equalTo("account-closed"));
    }

    @Test
    void what_is_not_there_is_not_asked_for_and_what_is_new_is() {
        freeze(UUID.randomUUID().toString(), UUID.randomUUID().toString())
                .then()
                .statusCode(404)
                .body("code", equalTo("account-not-found"));
        var answer =
                Bank.as("supervisor")
                        .contentType(ContentType.JSON)
                        .body(Map.of("name", "Eve", "email", "eve@bank.example"))
                        .post("/employees");
        answer.then().statusCode(202).body("targetKind", equalTo("employee"));

        decide("approval", answer.path("approvalId")).then().statusCode(200);

        String employee = answer.path("targetId");
        Awaitility.await()
                .atMost(Bank.PATIENCE)
                .until(() -> People.state("employee", employee).statusCode() == 200);
    }

    @Test
    void what_nobody_decides_on_expires_by_itself() {
        var account = Bank.open("1.00");
        var approval = new ApprovalId(UUID.randomUUID());
        var freeze = CommandFormat.write(new FreezeAccount(null));
        var soon = Instant.now().plusMillis(100).truncatedTo(ChronoUnit.MICROS);
        var request =
                new RequestApproval(
                        approval,
                        new WrittenCommand(
                                "FreezeAccount",
                                ACCOUNT.name(),
                                StreamId.fromString(account).value(),
                                freeze),
                        "four-eyes",
                        null,
                        "teller",
                        null,
                        soon);

        pipeline.execute(APPROVAL, approval.stream(), request, Contexts.once())
                .toCompletableFuture()
                .join();

        awaitHistory(approval.toString(), "ApprovalRequested", "ApprovalExpired");
        decide("approval", approval)
                .then()
                .statusCode(422)
                .body("code", equalTo("approval-expired"));
    }
}
