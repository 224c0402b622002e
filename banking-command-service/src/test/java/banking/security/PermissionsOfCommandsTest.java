package banking.security;

import static banking.Bank.teller;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import banking.Bank;
import banking.CommandServiceTest;
import banking.People;
import banking.embedded.StatementLog;
import banking.rules.PermissionsTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

@CommandServiceTest
class PermissionsOfCommandsTest extends PermissionsTest {

    private static final String COUNTER = "supervisor teller";
    private static final String OWNER_TOO = "customer supervisor teller";

    private final String expires = Instant.now().plusSeconds(3600).toString();

    private static StatementLog statements;

    @BeforeAll
    static void listen() {
        statements = StatementLog.open();
    }

    @AfterAll
    static void stop() {
        statements.close();
    }

    @Override
    protected long statementsAbout(String value) {
        return statements.about(value);
    }

    @Override
    protected Map<String, String> expected() {
        return Map.ofEntries(
                entry("openAccount", COUNTER),
                entry("depositMoney", COUNTER),
                entry("withdrawMoney", COUNTER),
                entry("freezeAccount", COUNTER),
                entry("unfreezeAccount", COUNTER),
                entry("changeOverdraftLimit", COUNTER),
                entry("closeAccount", COUNTER),
                entry("requestTransfer", OWNER_TOO),
                entry("placeHold", OWNER_TOO),
                entry("captureHold", COUNTER),
                entry("releaseHold", OWNER_TOO),
                entry("registerCustomer", COUNTER),
                entry("changeEmail", OWNER_TOO),
                entry("eraseCustomer", "supervisor"),
                entry("registerCompany", COUNTER),
                entry("registerEmployee", COUNTER),
                entry("createTask", COUNTER),
                entry("assignTask", COUNTER),
                entry("addComment", COUNTER),
                entry("completeTask", COUNTER),
                entry("grantApproval", "supervisor"),
                entry("refuseApproval", "supervisor"),
                entry("giveCommands", OWNER_TOO),
                entry("exportCustomer", "auditor customer supervisor"),
                entry("streams", "auditor operator"),
                entry("events", "auditor"),
                entry("state", "auditor"),
                entry("seals", "auditor operator"),
                entry("seal", "auditor operator"),
                entry("verification", "auditor operator"),
                entry("comparison", "auditor comparer operator"),
                entry("proof", "auditor"),
                entry("story", "auditor"),
                entry("storiesOfActor", "auditor"),
                entry("lostEvents", "auditor operator"),
                entry("recoverEvents", "operator"),
                entry("outbox", "auditor operator"),
                entry("refusedStreams", "auditor operator"),
                entry("publishAgain", "operator"),
                entry("policies", "auditor operator"),
                entry("parkedStreams", "auditor operator"),
                entry("replayParkedStream", "operator"),
                entry("replayAllParked", "operator"),
                entry("skipParkedStream", "operator"),
                entry("wrapKeys", "operator"),
                entry("audit", "auditor"),
                entry("auditChain", "auditor"),
                entry("auditProof", "auditor"),
                entry("change", "auditor"));
    }

    @Override
    protected Map<String, Object> names() {
        return Map.of(
                "type",
                "account",
                "policy",
                "transfers",
                "seal",
                1,
                "event",
                UUID.randomUUID() + ":1",
                "entry",
                UUID.randomUUID() + ":1");
    }

    @Override
    protected Customer newCustomer() {
        var id = People.customer(People.newAddress());
        String account =
                teller().body(
                                Map.of(
                                        "owner",
                                        "Alice",
                                        "currency",
                                        "EUR",
                                        "openingDeposit",
                                        "500.00",
                                        "customerId",
                                        id))
                        .post("/accounts")
                        .then()
                        .statusCode(201)
                        .extract()
                        .path("accountId");
        String hold = hold(teller(), account).then().statusCode(201).extract().path("holdId");
        return new Customer(id, Map.of("customerId", id, "accountId", account, "holdId", hold));
    }

    private Response hold(RequestSpecification request, String account) {
        var body = Map.of("amount", "1.00", "currency", "EUR", "expires", expires);
        return request.contentType(ContentType.JSON)
                .body(body)
                .post("/accounts/{id}/holds", account);
    }

    @Test
    void a_customer_moves_what_is_the_customers_own_and_the_event_says_who_it_was() {
        var own = newCustomer();
        var account = account(own);
        var version = Bank.journal(account).size();

        hold(asCustomer(own.id()), account).then().statusCode(201);

        assertThat(Bank.journal(account)).hasSize(version + 1);
        Bank.as("auditor")
                .get("/streams/account/{id}/events", account)
                .then()
                .body("events[-1].actor", equalTo("sub-of-" + own.id()));
    }

    @Test
    void nothing_of_anothers_changes_and_its_key_stays_its_owners() {
        var own = newCustomer();
        var other = newCustomer();
        var account = account(own);
        var key = UUID.randomUUID().toString();
        hold(asCustomer(own.id()).header("Idempotency-Key", key), account).then().statusCode(201);
        var version = Bank.journal(account).size();

        hold(asCustomer(other.id()).header("Idempotency-Key", key), account)
                .then()
                .statusCode(404)
                .body("code", equalTo("account-not-found"));
        hold(asCustomer(other.id()).header("Idempotency-Key", key), account).then().statusCode(404);

        assertThat(Bank.journal(account)).hasSize(version);
    }

    private static String account(Customer customer) {
        return String.valueOf(customer.things().get("accountId"));
    }
}
