package banking.company;

import static banking.Feed.event;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;

import banking.Bank;
import banking.Feed;
import banking.embedded.BankTestResource;
import banking.events.CompanyEvent.CompanyRegistered;
import banking.events.CompanyEvent.CustomerJoinedCompany;
import banking.events.CompanyEvent.CustomerLeftCompany;
import banking.events.CustomerId;
import banking.events.EmailDomain;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(
        value = BankTestResource.class,
        initArgs = @ResourceArg(name = "service", value = "query"))
class CompanyQueriesTest {

    private final UUID id = UUID.randomUUID();
    private final EmailDomain domain = new EmailDomain("d" + id + ".example");

    @Test
    void customers_are_counted_before_the_company_registers() {
        var joined = event(id, 1, new CustomerJoinedCompany(customer(), domain, 1));
        Feed.send(joined, event(id, 2, new CustomerJoinedCompany(customer(), domain, 2)));
        Bank.view("/companies/", id, 2)
                .statusCode(404)
                .contentType("application/problem+json")
                .body("code", equalTo("company-not-found"));
        Bank.as("teller")
                .get("/companies?emailDomain={d}", domain.value())
                .then()
                .body("companies", empty());

        Feed.send(joined, event(id, 3, new CompanyRegistered("Acme", domain)));

        Bank.view("/companies/", id, 3)
                .statusCode(200)
                .body("companyId", equalTo(id.toString()))
                .body("version", equalTo(3))
                .body("name", equalTo("Acme"))
                .body("emailDomain", equalTo(domain.value()))
                .body("customerCount", equalTo(2))
                .body("behind", equalTo(false));
        Bank.as("auditor")
                .get("/companies?emailDomain={d}", domain.value())
                .then()
                .body("companies.companyId", contains(id.toString()));
    }

    @Test
    void the_count_follows_who_joins_and_leaves() {
        Feed.send(
                event(id, 1, new CompanyRegistered("Acme", domain)),
                event(id, 2, new CustomerJoinedCompany(customer(), domain, 1)));
        Bank.view("/companies/", id, 2).body("customerCount", equalTo(1));

        Feed.send(event(id, 3, new CustomerLeftCompany(customer(), domain, 0)));

        Bank.view("/companies/", id, 3)
                .body("name", equalTo("Acme"))
                .body("customerCount", equalTo(0));
    }

    private static CustomerId customer() {
        return new CustomerId(UUID.randomUUID());
    }
}
