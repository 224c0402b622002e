package banking.customer;

import static banking.Feed.START;
import static banking.Feed.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;

import banking.Bank;
import banking.Feed;
import banking.embedded.BankTestResource;
import banking.events.AccountEvent.AccountOpened;
import banking.events.CustomerEvent.CustomerEmailChanged;
import banking.events.CustomerEvent.CustomerRegistered;
import banking.events.CustomerId;
import banking.events.EmailAddress;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(
        value = BankTestResource.class,
        initArgs = @ResourceArg(name = "service", value = "query"))
class CustomerQueriesTest {

    private final UUID id = UUID.randomUUID();
    private final String domain = "d" + UUID.randomUUID() + ".example";

    @Test
    void a_customer_shows_the_address_that_is_valid_now() {
        var registered = event(id, 1, new CustomerRegistered("Ann", address("Ann")));
        Feed.send(registered);
        Bank.view("/customers/", id, 1)
                .statusCode(200)
                .body("customerId", equalTo(id.toString()))
                .body("version", equalTo(1))
                .body("name", equalTo("Ann"))
                .body("email", equalTo("ann@" + domain))
                .body("behind", equalTo(false));

        Feed.send(
                registered, event(id, 2, new CustomerEmailChanged(address("ann"), address("new"))));

        Bank.view("/customers/", id, 2)
                .body("email", equalTo("new@" + domain))
                .body("registeredAt", equalTo(START.toString()))
                .body("updatedAt", equalTo(START.plusSeconds(1).toString()));
    }

    @Test
    void a_customer_that_nobody_registered_is_not_found() {
        Bank.as("teller")
                .get("/customers/{id}", id)
                .then()
                .statusCode(404)
                .contentType("application/problem+json")
                .body("code", equalTo("customer-not-found"));
        Bank.as("teller")
                .get("/customers/{id}?min-version=1", id)
                .then()
                .statusCode(412)
                .body("code", equalTo("view-behind"))
                .body("currentVersion", equalTo(0));
    }

    @Test
    void customers_are_listed_in_pages_by_domain() {
        var ids = Stream.generate(UUID::randomUUID).limit(5).toList();
        ids.forEach(one -> Feed.send(event(one, 1, new CustomerRegistered("C", address("c")))));
        ids.forEach(one -> Bank.view("/customers/", one, 1));

        var listed = new ArrayList<String>();
        var cursor = "";
        for (int page = 0; cursor != null && page < 10; page++) {
            var answer =
                    Bank.as("auditor")
                            .queryParam("emailDomain", domain.toUpperCase(Locale.ROOT))
                            .get("/customers?limit=2" + cursor)
                            .jsonPath();
            listed.addAll(answer.getList("customers.customerId", String.class));
            cursor = answer.get("next") == null ? null : "&after=" + answer.getString("next");
        }

        assertThat(listed).isEqualTo(ids.stream().map(UUID::toString).sorted().toList());
        Bank.as("teller")
                .get("/customers?emailDomain=x." + domain)
                .then()
                .body("customers", empty());
    }

    @Test
    void a_customers_accounts_are_found_by_the_customer() {
        var accounts = List.of(UUID.randomUUID(), UUID.randomUUID());
        accounts.forEach(
                account ->
                        Feed.send(
                                event(
                                        account,
                                        1,
                                        new AccountOpened("Ann", Feed.EUR, new CustomerId(id)))));
        accounts.forEach(
                account -> Bank.account(account, 1).body("customerId", equalTo(id.toString())));

        Bank.as("teller")
                .get("/accounts?customerId={id}", id)
                .then()
                .body(
                        "accounts.accountId",
                        equalTo(accounts.stream().map(UUID::toString).sorted().toList()));
    }

    @Test
    void an_event_that_cannot_be_next_parks_the_customer_only() {
        Feed.send(event(id, 1, new CustomerRegistered("Ann", address("ann"))));
        Feed.send(event(id, 2, new CustomerRegistered("Ann", address("ann"))));
        Bank.awaitParked("customers", id, 1);
        Bank.view("/customers/", id, 1).body("behind", equalTo(true));
        Bank.as("operator")
                .post("/projections/customers/parked/{id}/replay", id)
                .then()
                .statusCode(200)
                .body("applied", equalTo(0))
                .body("queued", equalTo(1))
                .body("reason", containsString("registered already"));

        Feed.send(event(id, 2, new CustomerEmailChanged(address("ann"), address("new"))));

        Bank.view("/customers/", id, 2).body("behind", equalTo(false));
    }

    private EmailAddress address(String local) {
        return new EmailAddress(local + "@" + domain);
    }
}
