package banking.http;

import static banking.Bank.teller;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import banking.Bank;
import banking.CommandServiceTest;
import banking.rules.RefusalsTest;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;

@CommandServiceTest
class DocumentedRefusalsTest extends RefusalsTest {

    private static final String EUR_11 = "{'amount':'11.00','currency':'EUR'}";
    private static final String USD_1 = "{'amount':'1.00','currency':'USD'}";

    private String account = "";

    @BeforeEach
    void open() {
        account = Bank.open("10.00");
    }

    @Override
    protected Map<String, Object> known() {
        return Map.of(
                "accountId",
                account,
                "type",
                "account",
                "policy",
                "transfers",
                "seal",
                1,
                "event",
                account + ":1");
    }

    @Override
    protected Map<String, Object> unknown() {
        return Map.of(
                "type",
                "nothing",
                "policy",
                "nothing",
                "seal",
                Long.MAX_VALUE,
                "event",
                UUID.randomUUID() + ":1");
    }

    @Override
    protected Map<String, String> invalidBodies() {
        return Map.of(
                "freezeAccount", "{\"reason\":\"%s\"}".formatted("x".repeat(200)),
                "captureHold", "{\"amount\":\"x\"}",
                "giveCommands", "[]",
                "publishAgain", "{\"streamId\":\"x\"}",
                "recoverEvents", "{\"passOver\":[\"x\"]}");
    }

    @Override
    protected int moreThanTheBodyMayHave(String id) {
        var asAnyOther = super.moreThanTheBodyMayHave(id);
        return id.equals("giveCommands") ? 16 * asAnyOther : asAnyOther;
    }

    @Override
    protected Set<String> tooMuchForARequest() {
        return Set.of(
                "balance-out-of-bounds",
                "too-many-transfers",
                // Of two supervisors: FourEyesTest.
                "approval-settled",
                "approval-expired");
    }

    @Override
    protected void provokeMore() {
        try {
            refuseMoney();
            refuseHolds();
            refuseApprovals();
            refuseEnds();
            refuseStates();
            refusePeople();
            refuseTasks();
            provoke("seal", "invalid-request", Map.of("seal", 0), "");
            provoke("proof", "invalid-request", Map.of("event", "first"), "");
            provoke("auditProof", "entry-not-found", Map.of("entry", UUID.randomUUID() + ":1"), "");
            refuseAuditors();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void refuseAuditors() {
        var change = Map.of("type", "account", "streamId", account, "version", 0);
        provoke("change", "invalid-request", change, "");
        var none = Map.of("type", "account", "streamId", account, "version", 999);
        provoke("change", "version-not-found", none, "");
        var strange = Map.of("type", "nothing", "streamId", account, "version", 1);
        provoke("change", "type-not-found", strange, "");
        var nowhere = Map.of("type", "account", "streamId", UUID.randomUUID(), "version", 1);
        provoke("change", "stream-not-found", nowhere, "");
        for (var id : List.of("replayParkedStream", "replayAllParked", "wrapKeys")) {
            var code = tryTo(id, known(), r -> r.queryParam("because", "x".repeat(501)));
            assertThat(code).isEqualTo("invalid-request");
        }
    }

    private static Map<String, String> on(String account) {
        return Map.of("accountId", account);
    }

    private static String transfer(String to, String money) {
        return money.replace("}", ",'to':'" + to + "'}");
    }

    private static String hold(Instant expires, String money) {
        return money.replace("}", ",'expires':'" + expires + "'}");
    }

    private void refuseMoney() {
        var on = on(account);
        var other = Bank.open("1.00");
        provoke("depositMoney", "currency-mismatch", on, USD_1);
        provoke("withdrawMoney", "currency-mismatch", on, USD_1);
        provoke("changeOverdraftLimit", "currency-mismatch", on, USD_1);
        provoke("requestTransfer", "currency-mismatch", on, transfer(other, USD_1));
        provoke("requestTransfer", "same-account", on, transfer(account, EUR_11));
        provoke("requestTransfer", "insufficient-funds", on, transfer(other, EUR_11));
        provoke("withdrawMoney", "insufficient-funds", on, EUR_11);
        provoke("closeAccount", "balance-not-zero", on, "");
        provoke("unfreezeAccount", "account-not-frozen", on, "");
    }

    private void refuseApprovals() {
        String approval =
                Bank.as("supervisor")
                        .contentType("application/json")
                        .body("{}")
                        .post("/accounts/{id}/freeze", account)
                        .then()
                        .statusCode(202)
                        .extract()
                        .path("approvalId");
        provoke("grantApproval", "own-request", Map.of("approvalId", approval), "");
        provoke("refuseApproval", "own-request", Map.of("approvalId", approval), "");
    }

    private void refuseHolds() {
        var on = on(account);
        var later = Instant.now().plusSeconds(600);
        provoke("placeHold", "currency-mismatch", on, hold(later, USD_1));
        provoke("placeHold", "insufficient-funds", on, hold(later, EUR_11));
        provoke("placeHold", "expiry-out-of-bounds", on, hold(Instant.EPOCH, EUR_11));
        var hold = Map.of("accountId", account, "holdId", place(account, later));
        provoke("captureHold", "currency-mismatch", hold, USD_1);
        provoke("captureHold", "exceeds-hold", hold, EUR_11);
        expire();
        var full = Bank.open("2.00");
        for (int i = 0; i < 100; i++) {
            place(full, later);
        }
        provoke("placeHold", "too-many-holds", on(full), hold(later, EUR_11));
    }

    /** The timer may have been there before the capture: then the hold is gone. */
    private void expire() {
        Awaitility.await()
                .atMost(Bank.PATIENCE)
                .until(
                        () -> {
                            var hold = place(account, Instant.now().plusMillis(100));
                            var late = Map.of("accountId", account, "holdId", hold);
                            return "hold-expired".equals(whenItEnds(late));
                        });
    }

    private String whenItEnds(Map<String, ?> hold) {
        String code;
        do {
            code = tryTo("captureHold", hold, EUR_11);
        } while (code.equals("exceeds-hold"));
        return code;
    }

    private static String place(String account, Instant expires) {
        return teller().body(hold(expires, "{'amount':'0.01','currency':'EUR'}").replace('\'', '"'))
                .post("/accounts/{id}/holds", account)
                .then()
                .statusCode(201)
                .extract()
                .path("holdId");
    }

    /** An account that nobody can change holds up what comes to it. */
    private void refuseEnds() throws SQLException {
        var held = Bank.open("0.01");
        place(held, Instant.now().plusSeconds(600));
        teller().body(Bank.movement("5.00")).put("/accounts/{id}/overdraft-limit", held);
        teller().body(Bank.movement("0.01")).post("/accounts/{id}/withdrawals", held);
        provoke("closeAccount", "holds-open", on(held), "");
        provoke(
                "changeOverdraftLimit",
                "overdraft-in-use",
                on(held),
                "{'amount':'0','currency':'EUR'}");
        var source = Bank.open("1.00");
        var target = Bank.open("1.00");
        try (var somebody = Bank.database();
                var statement = somebody.createStatement()) {
            somebody.setAutoCommit(false);
            statement.execute("select from stream where stream_id = '" + target + "' for update");
            var one = transfer(target, "{'amount':'1.00','currency':'EUR'}").replace('\'', '"');
            teller().body(one).post("/accounts/{id}/transfers", source).then().statusCode(202);
            provoke("closeAccount", "transfers-under-way", on(source), "");
            somebody.rollback();
        }
    }

    private void refuseStates() {
        var frozen = Bank.open("0");
        teller().post("/accounts/{id}/freeze", frozen).then().statusCode(200);
        var closed = Bank.open("0");
        teller().delete("/accounts/{id}", closed).then().statusCode(200);
        var bodies =
                Map.ofEntries(
                        entry("depositMoney", EUR_11),
                        entry("withdrawMoney", EUR_11),
                        entry("freezeAccount", "{}"),
                        entry("changeOverdraftLimit", EUR_11),
                        entry("closeAccount", ""),
                        entry("requestTransfer", transfer(account, EUR_11)),
                        entry("placeHold", hold(Instant.now().plusSeconds(600), EUR_11)),
                        entry("captureHold", EUR_11));
        bodies.forEach((id, body) -> provoke(id, "account-frozen", on(frozen), body));
        bodies.forEach((id, body) -> provoke(id, "account-closed", on(closed), body));
        provoke("unfreezeAccount", "account-closed", on(closed), "");
        provoke("releaseHold", "account-closed", on(closed), "");
    }

    private void refusePeople() {
        var domain = UUID.randomUUID() + ".example";
        var ann = "{'name':'Ann','email':'ann@" + domain + "'}";
        var company = "{'name':'Ann Ltd','emailDomain':'" + domain + "'}";
        made("/companies", company, "companyId");
        provoke("registerCompany", "company-already-registered", Map.of(), company);
        made("/customers", ann, "customerId");
        provoke("registerCustomer", "email-taken", Map.of(), ann);
        var bob = made("/customers", ann.replace("ann@", "bob@"), "customerId");
        provoke(
                "changeEmail",
                "email-taken",
                Map.of("customerId", bob),
                "{'email':'ann@" + domain + "'}");
        refuseErasure(bob, domain);
    }

    private void refuseErasure(String bob, String domain) {
        var customer = Map.of("customerId", bob);
        var opening = "{'owner':'Bob','currency':'EUR','customerId':'" + bob + "'}";
        var opened = made("/accounts", opening, "accountId");
        provoke("eraseCustomer", "customer-has-accounts", customer, "");
        teller().delete("/accounts/{accountId}", on(opened)).then().statusCode(200);
        Bank.as("supervisor").post("/customers/{customerId}/erasure", customer);
        provoke("changeEmail", "customer-erased", customer, "{'email':'robert@" + domain + "'}");
    }

    private void refuseTasks() {
        var task = Map.of("taskId", made("/tasks", "{'name':'Call'}", "taskId"));
        var erin = made("/employees", "{'name':'Erin','email':'erin@bank.example'}", "employeeId");
        var toErin = "{'employeeId':'" + erin + "'}";
        provoke("assignTask", "task-not-found", Map.of(), toErin);
        for (int i = 0; i < 20; i++) {
            teller().body("{\"text\":\"a\"}").post("/tasks/{taskId}/comments", task);
        }
        provoke("addComment", "too-many-comments", task, "{'text':'a'}");
        teller().post("/tasks/{taskId}/completion", task).then().statusCode(200);
        for (var id : List.of("assignTask", "addComment", "completeTask")) {
            provoke(id, "task-completed", task, id.equals("assignTask") ? toErin : "{'text':'a'}");
        }
    }

    private static String made(String path, String body, String id) {
        return teller().body(body.replace('\'', '"'))
                .post(path)
                .then()
                .statusCode(201)
                .extract()
                .path(id);
    }
}
