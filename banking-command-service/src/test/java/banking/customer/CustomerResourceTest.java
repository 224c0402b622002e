package banking.customer;

import static banking.Bank.teller;
import static banking.People.changeEmail;
import static banking.People.customer;
import static banking.People.history;
import static banking.People.newAddress;
import static banking.People.newDomain;
import static banking.People.register;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;

import banking.Bank;
import banking.CommandServiceTest;
import banking.Concurrently;
import banking.People;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** An address belongs to one customer. */
@CommandServiceTest
class CustomerResourceTest {

    @Test
    void registering_a_customer_answers_with_its_state_its_place_and_its_version() {
        var domain = newDomain();

        register(" Alice ", "Alice@" + domain)
                .then()
                .statusCode(201)
                .header(
                        "Location",
                        matchesPattern("(http://[^/]+)?/customers/[0-9a-f-]{36}\\?min-version=1"))
                .header("ETag", "\"1\"")
                .body("version", equalTo(1))
                .body("name", equalTo("Alice"))
                .body("email", equalTo("alice@" + domain));
    }

    @Test
    void a_retry_under_the_same_key_is_the_same_customer() {
        var key = UUID.randomUUID().toString();
        var body = Map.of("name", "Alice", "email", newAddress());

        var answers =
                Concurrently.times(
                        20,
                        () ->
                                teller().header("Idempotency-Key", key)
                                        .body(body)
                                        .post("/customers")
                                        .then()
                                        .statusCode(201)
                                        .extract()
                                        .asString());

        assertThat(answers).containsOnly(answers.getFirst());
    }

    @Test
    void an_address_that_is_somebodys_is_refused_however_it_is_written() {
        var email = newAddress();
        customer(email);

        register("Bob", email.toUpperCase(Locale.ROOT))
                .then()
                .statusCode(409)
                .body("code", equalTo("email-taken"));
        var bob = customer(newAddress());
        changeEmail(bob, email).then().statusCode(409).body("code", equalTo("email-taken"));
        assertThat(history("customer", bob)).containsExactly("CustomerRegistered");
    }

    @Test
    void an_address_that_was_given_up_is_free() {
        var email = newAddress();
        var alice = customer(email);
        var next = newAddress();

        changeEmail(alice, next)
                .then()
                .statusCode(200)
                .header("ETag", "\"2\"")
                .body("email", equalTo(next));
        register("Bob", email).then().statusCode(201);
        changeEmail(alice, email).then().statusCode(409);
    }

    @Test
    void the_same_address_again_changes_nothing() {
        var email = newAddress();
        var alice = customer(email);

        changeEmail(alice, email).then().statusCode(200).header("ETag", "\"1\"");

        assertThat(history("customer", alice)).containsExactly("CustomerRegistered");
    }

    @Test
    void what_is_wrong_with_an_address_is_named() {
        for (var email : new String[] {"", "alice", "alice@", "@x.example", "a b@x.example"}) {
            register("Alice", email)
                    .then()
                    .statusCode(422)
                    .body("code", equalTo("invalid-request"))
                    .body("violations[0].field", equalTo("email"))
                    .body("violations[0].message", equalTo("is not an e-mail address"));
        }
    }

    @Test
    void an_account_is_opened_for_a_customer_that_there_is() {
        var body = "{\"owner\":\"Alice\",\"currency\":\"EUR\",\"customerId\":\"%s\"}";
        var alice = customer(newAddress());

        teller().body(body.formatted(alice))
                .post("/accounts")
                .then()
                .statusCode(201)
                .body("customerId", equalTo(alice));
        teller().body(body.formatted(UUID.randomUUID()))
                .post("/accounts")
                .then()
                .statusCode(404)
                .body("code", equalTo("customer-not-found"));
    }

    @Test
    void nobody_is_not_found() {
        changeEmail(UUID.randomUUID().toString(), newAddress())
                .then()
                .statusCode(404)
                .body("code", equalTo("customer-not-found"));
    }

    /** That the address is taken is only known when all else has been decided. */
    @Test
    void a_registration_that_is_refused_at_the_last_moment_leaves_no_trace() {
        var email = newAddress();
        customer(email);
        var story = UUID.randomUUID().toString();

        var statuses =
                Concurrently.times(
                        20,
                        () ->
                                teller().header("X-Correlation-ID", story)
                                        .body(Map.of("name", "Bob", "email", email))
                                        .post("/customers")
                                        .statusCode());

        assertThat(statuses).containsOnly(409);
        assertThat(Bank.count("event where correlation_id = '" + story + "'")).isZero();
        assertThat(Bank.count("claim where value = '" + email + "'")).isEqualTo(1);
        assertThat(Bank.count("stream where state like '%" + email + "%'")).isEqualTo(1);
    }

    @Test
    void of_two_who_want_one_address_at_once_one_gets_it() {
        for (int round = 0; round < 25; round++) {
            var email = newAddress();

            var statuses = Concurrently.times(2, () -> register("Alice", email).statusCode());

            assertThat(statuses).containsExactlyInAnyOrder(201, 409);
            assertThat(Bank.count("claim where value = '" + email + "'")).isEqualTo(1);
        }
    }

    @Test
    void of_many_who_change_to_one_address_at_once_one_gets_it() {
        var email = newAddress();
        var customers = Concurrently.times(10, () -> customer(newAddress()));
        var next = new AtomicInteger();

        var statuses =
                Concurrently.times(
                        10,
                        () ->
                                People.changeEmail(customers.get(next.getAndIncrement()), email)
                                        .statusCode());

        assertThat(Collections.frequency(statuses, 200)).isEqualTo(1);
        assertThat(Collections.frequency(statuses, 409)).isEqualTo(9);
    }
}
