package banking.security;

import static banking.Feed.eur;
import static banking.Feed.event;
import static java.util.Map.entry;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;

import banking.Bank;
import banking.Feed;
import banking.embedded.BankTestResource;
import banking.embedded.StatementLog;
import banking.events.AccountEvent.AccountOpened;
import banking.events.AccountEvent.HoldPlaced;
import banking.events.AccountEvent.MoneyDeposited;
import banking.events.AccountEvent.TransferRequested;
import banking.events.AccountId;
import banking.events.ApprovalEvent.ApprovalRequested;
import banking.events.ApprovalId;
import banking.events.CustomerEvent.CustomerRegistered;
import banking.events.CustomerId;
import banking.events.EmailAddress;
import banking.events.HoldId;
import banking.events.TransferId;
import banking.events.WrittenCommand;
import banking.rules.PermissionsTest;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(
        value = BankTestResource.class,
        initArgs = @ResourceArg(name = "service", value = "query"))
class PermissionsOfQueriesTest extends PermissionsTest {

    private static final String READERS = "auditor supervisor teller";
    private static final String OWNER_TOO = "auditor customer supervisor teller";
    private static final int VERSIONS = 4;

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
                entry("accounts", OWNER_TOO),
                entry("account", OWNER_TOO),
                entry("statement", OWNER_TOO),
                entry("balance", OWNER_TOO),
                entry("holds", OWNER_TOO),
                entry("accountTransfers", OWNER_TOO),
                entry("transfer", OWNER_TOO),
                entry("customers", READERS),
                entry("customer", OWNER_TOO),
                entry("companies", READERS),
                entry("company", READERS),
                entry("tasks", READERS),
                entry("task", READERS),
                entry("approvals", OWNER_TOO),
                entry("approval", OWNER_TOO),
                entry("employees", READERS),
                entry("employee", READERS),
                entry("trialBalance", "auditor operator"),
                entry("ledgerEntries", "auditor"),
                entry("projections", "auditor operator"),
                entry("heads", "auditor comparer operator"),
                entry("parkedStreams", "auditor operator"),
                entry("replayParkedStream", "operator"),
                entry("namelessRecords", "auditor operator"),
                entry("namelessRecord", "auditor"),
                entry("skipNamelessRecords", "operator"),
                entry("wrapKeys", "operator"),
                entry("audit", "auditor"),
                entry("auditChain", "auditor"));
    }

    @Override
    protected Map<String, Object> names() {
        return Map.of("projection", "accounts", "record", "0-999999999");
    }

    @Override
    protected Customer newCustomer() {
        var id = UUID.randomUUID();
        var account = UUID.randomUUID();
        var transfer = UUID.randomUUID();
        pay(id, account, transfer, UUID.randomUUID());
        return new Customer(
                id.toString(),
                Map.of(
                        "customerId",
                        id,
                        "accountId",
                        account,
                        "transferId",
                        transfer,
                        "approvalId",
                        wait(id, account)));
    }

    private static UUID wait(UUID customer, UUID account) {
        var approval = UUID.randomUUID();
        Feed.send(
                event(
                        approval,
                        1,
                        new ApprovalRequested(
                                new ApprovalId(approval),
                                new WrittenCommand("RequestTransfer", "account", account, "{}"),
                                "limit-exceeded",
                                "sub-of-" + customer,
                                new CustomerId(customer),
                                Feed.START)));
        Bank.view("/approvals/", approval, 1);
        return approval;
    }

    private static void pay(UUID customer, UUID account, UUID transfer, UUID to) {
        var address = new EmailAddress("alice@" + customer + ".example");
        Feed.send(event(customer, 1, new CustomerRegistered("Alice", address)));
        Feed.send(
                event(account, 1, new AccountOpened("Alice", Feed.EUR, new CustomerId(customer))),
                event(account, 2, new MoneyDeposited(eur("9.00"), eur("9.00"), null)),
                event(
                        account,
                        3,
                        new HoldPlaced(
                                new HoldId(UUID.randomUUID()),
                                eur("1.00"),
                                Instant.parse("2030-01-01T00:00:00Z"),
                                null)),
                event(
                        account,
                        VERSIONS,
                        new TransferRequested(
                                new TransferId(transfer),
                                new AccountId(to),
                                eur("2.00"),
                                eur("7.00"),
                                null)));
        Bank.view("/customers/", customer, 1);
        Bank.account(account, VERSIONS);
    }

    private static UUID account(Customer customer) {
        return UUID.fromString(String.valueOf(customer.things().get("accountId")));
    }

    @Test
    void a_list_has_only_what_is_the_customers_own() {
        var own = newCustomer();
        var other = newCustomer();

        asCustomer(own.id())
                .get("/accounts?limit=500")
                .then()
                .statusCode(200)
                .body("accounts.accountId", contains(account(own).toString()));
        asCustomer(own.id())
                .get("/approvals?limit=500")
                .then()
                .statusCode(200)
                .body(
                        "approvals.approvalId",
                        contains(String.valueOf(own.things().get("approvalId"))));
        asCustomer(own.id())
                .get("/accounts?customerId={id}", own.id())
                .then()
                .body("accounts.customerId", contains(own.id()));
        for (var nobodys : new String[] {other.id(), UUID.randomUUID().toString()}) {
            asCustomer(own.id())
                    .get("/accounts?customerId={id}", nobodys)
                    .then()
                    .statusCode(200)
                    .body("accounts", empty());
        }
    }

    @Test
    void who_gets_a_transfer_sees_it_as_who_pays_it_does() {
        var payee = newCustomer();
        var payer = UUID.randomUUID();
        var transfer = UUID.randomUUID();
        var account = UUID.randomUUID();
        pay(payer, account, transfer, account(payee));

        for (var customer : new String[] {payee.id(), payer.toString()}) {
            asCustomer(customer).get("/transfers/{id}", transfer).then().statusCode(200);
        }
        asCustomer(payer.toString())
                .get("/transfers/{id}?from={a}&min-version=4", transfer, account)
                .then()
                .statusCode(200);
        asCustomer(newCustomer().id())
                .get("/transfers/{id}", transfer)
                .then()
                .statusCode(404)
                .body("code", equalTo("transfer-not-found"));
    }

    @Test
    void a_version_of_anothers_never_comes() {
        var own = newCustomer();
        var other = newCustomer();

        for (var account : new UUID[] {account(other), UUID.randomUUID()}) {
            asCustomer(own.id())
                    .get("/accounts/{id}?min-version=1", account)
                    .then()
                    .statusCode(412)
                    .body("currentVersion", equalTo(0));
        }
    }
}
