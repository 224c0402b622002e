package banking.company;

import static banking.Bank.awaitQuiet;
import static banking.People.changeEmail;
import static banking.People.customer;
import static banking.People.newDomain;
import static banking.People.registerCompany;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.nullValue;

import banking.Bank;
import banking.CommandServiceTest;
import banking.Concurrently;
import banking.People;
import banking.events.EmailDomain;
import io.restassured.response.ValidatableResponse;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A company's count is right when all is quiet. */
@CommandServiceTest
class CompanyResourceTest {

    @Test
    void registering_a_company_answers_with_its_state_its_place_and_its_version() {
        var domain = newDomain();

        registerCompany(domain.toUpperCase(Locale.ROOT))
                .then()
                .statusCode(201)
                .header(
                        "Location",
                        matchesPattern(
                                "(http://[^/]+)?/companies/" + id(domain) + "\\?min-version=1"))
                .header("ETag", "\"1\"")
                .body("companyId", equalTo(id(domain)))
                .body("status", equalTo("REGISTERED"))
                .body("name", equalTo("Example Ltd"))
                .body("emailDomain", equalTo(domain))
                .body("customerCount", equalTo(0));
    }

    @Test
    void a_domain_is_registered_once() {
        var domain = newDomain();

        var statuses = Concurrently.times(10, () -> registerCompany(domain).statusCode());

        assertThat(Collections.frequency(statuses, 201)).isEqualTo(1);
        assertThat(Collections.frequency(statuses, 409)).isEqualTo(9);
        registerCompany(domain).then().body("code", equalTo("company-already-registered"));
    }

    @Test
    void what_is_wrong_with_a_domain_is_named() {
        registerCompany("localhost")
                .then()
                .statusCode(422)
                .body("violations[0].field", equalTo("emailDomain"))
                .body("violations[0].message", equalTo("is not a domain of e-mail addresses"));
    }

    @Test
    void customers_who_came_before_the_company_are_counted_when_it_registers() {
        var domain = newDomain();
        customer("alice@" + domain);
        customer("bob@" + domain);
        awaitQuiet();
        company(domain)
                .body("state.status", equalTo("UNREGISTERED"))
                .body("state.name", nullValue())
                .body("state.customerCount", equalTo(2));

        registerCompany(domain).then().statusCode(201).body("customerCount", equalTo(2));
    }

    @Test
    void a_customer_who_changes_within_the_domain_stays_counted_once() {
        var domain = newDomain();
        var alice = customer("alice@" + domain);
        changeEmail(alice, "a.smith@" + domain).then().statusCode(200);
        awaitQuiet();

        assertThat(counts(domain)).containsExactly(1);
    }

    @Test
    void customers_who_go_to_and_fro_while_the_company_registers_are_counted_right() {
        var here = newDomain();
        var there = newDomain();
        var customers = Concurrently.times(10, () -> customer(UUID.randomUUID() + "@" + here));
        var next = new AtomicInteger();

        Concurrently.times(
                11,
                () -> {
                    int number = next.getAndIncrement();
                    return number == 10
                            ? registerCompany(here).statusCode()
                            : toAndFro(customers.get(number), here, there, number);
                });
        awaitQuiet();

        company(here)
                .body("state.status", equalTo("REGISTERED"))
                .body("state.customerCount", equalTo(5));
        company(there).body("state.customerCount", equalTo(5));
        assertThat(counts(here)).allMatch(count -> count >= 0);
        assertThat(counts(there)).allMatch(count -> count >= 0);
    }

    /** There, back, there, back; and every second customer there once more. */
    private static int toAndFro(String customer, String here, String there, int number) {
        int changes = 4 + number % 2;
        for (int change = 0; change < changes; change++) {
            var domain = change % 2 == 0 ? there : here;
            changeEmail(customer, customer + "@" + domain).then().statusCode(200);
        }
        return 200;
    }

    private static ValidatableResponse company(String domain) {
        return People.state("company", id(domain))
                .then()
                .statusCode(200)
                .body("intact", equalTo(true));
    }

    /** What the company has counted, event by event. */
    private static List<Integer> counts(String domain) {
        return Bank.as("auditor")
                .queryParam("limit", 1000)
                .get("/streams/company/{id}/events", id(domain))
                .jsonPath()
                .getList("events.payload.customerCount.findAll { it != null }", Integer.class);
    }

    private static String id(String domain) {
        return CompanyType.id(new EmailDomain(domain)).toString();
    }
}
