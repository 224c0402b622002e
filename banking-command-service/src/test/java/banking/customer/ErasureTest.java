package banking.customer;

import static banking.Bank.teller;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import banking.Bank;
import banking.CommandServiceTest;
import banking.Concurrently;
import banking.People;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

@CommandServiceTest
class ErasureTest {

    private static final int ROUNDS = 10;

    private final String name = "Alice " + UUID.randomUUID();
    private final String address = People.newAddress();
    private final String domain = address.substring(address.indexOf('@') + 1);

    private static RequestSpecification under(String key) {
        return teller().header("Idempotency-Key", key);
    }

    private Response register(String key) {
        return under(key).body(Map.of("name", name, "email", address)).post("/customers");
    }

    private static String id(Response registered) {
        return registered.then().statusCode(201).extract().path("customerId");
    }

    private Response open(String customer, String key) {
        return under(key)
                .body(Map.of("owner", name, "currency", "EUR", "customerId", customer))
                .post("/accounts");
    }

    private String openAccount(String customer) {
        return open(customer, key()).then().statusCode(201).extract().path("accountId");
    }

    private static Response close(String account) {
        return teller().delete("/accounts/{id}", account);
    }

    private static Response erase(String customer) {
        return Bank.as("supervisor").post("/customers/{id}/erasure", customer);
    }

    private static String key() {
        return UUID.randomUUID().toString();
    }

    @Test
    void who_has_an_open_account_is_not_erased_and_whoever_has_closed_it_is() {
        var customer = id(register(key()));
        var account = openAccount(customer);
        teller().body("{}").post("/accounts/{id}/freeze", account).then().statusCode(200);

        erase(customer).then().statusCode(409).body("code", equalTo("customer-has-accounts"));
        teller().body("{}").post("/accounts/{id}/unfreeze", account).then().statusCode(200);
        close(account).then().statusCode(200);
        erase(customer)
                .then()
                .statusCode(200)
                .body("name", equalTo("[erased]"))
                .body("email", equalTo("[erased]"));

        assertThat(People.history("customer", customer))
                .containsExactly("CustomerRegistered", "CustomerErased");
        People.state("customer", customer).then().body("intact", equalTo(true));
        Bank.state(account)
                .then()
                .body("intact", equalTo(true))
                .body("state.owner", equalTo("[erased]"));
        erase(customer).then().statusCode(200);
    }

    @Test
    void an_erased_customer_can_be_nobodys_owner_and_has_left_its_address_and_its_company() {
        People.registerCompany(domain).then().statusCode(201);
        var customer = id(register(key()));
        awaitCount(1);

        erase(customer).then().statusCode(200);

        open(customer, key()).then().statusCode(404).body("code", equalTo("customer-not-found"));
        People.changeEmail(customer, People.newAddress())
                .then()
                .statusCode(409)
                .body("code", equalTo("customer-erased"));
        awaitCount(0);
        assertThat(id(register(key()))).isNotEqualTo(customer);
    }

    private void awaitCount(int customers) {
        var counted =
                "event where payload like '%\"emailDomain\":\""
                        + domain
                        + "\",\"customerCount\":"
                        + customers
                        + "}'";
        Awaitility.await().atMost(Bank.PATIENCE).until(() -> Bank.count(counted) > 0);
    }

    @Test
    void an_answer_is_the_same_again_and_none_that_is_kept_says_who_it_was() {
        var registration = key();
        var opening = key();
        var deposit = key();
        var registered = register(registration);
        var customer = id(registered);
        var opened = open(customer, opening);
        String account = opened.then().statusCode(201).extract().path("accountId");
        var paid =
                under(deposit).body(Bank.movement("1.00")).post("/accounts/{id}/deposits", account);
        People.changeEmail(customer, "other" + address).then().statusCode(200);

        assertThat(register(registration).asString()).isEqualTo(registered.asString());
        assertThat(open(customer, opening).asString()).isEqualTo(opened.asString());
        assertThat(paid.asString()).contains(name);
        assertThat(
                        under(deposit)
                                .body(Bank.movement("1.00"))
                                .post("/accounts/{id}/deposits", account)
                                .asString())
                .isEqualTo(paid.asString());
        assertThat(Bank.count("processed_command where answer like '%" + name + "%'")).isZero();
        assertThat(Bank.count("processed_command where answer like '%" + address + "%'")).isZero();

        Bank.withdraw(account, "1.00").then().statusCode(201);
        close(account).then().statusCode(200);
        erase(customer).then().statusCode(200);

        register(registration).then().statusCode(201).body("name", equalTo("[erased]"));
        open(customer, opening).then().statusCode(201).body("owner", equalTo("[erased]"));
    }

    @Test
    void no_row_and_no_record_has_the_name_or_the_address() {
        var customer = id(register(key()));
        var account = openAccount(customer);
        assertThat(Bank.count("event where payload like '%" + name + "%'")).isZero();
        assertThat(Bank.count("event where payload like '%" + address + "%'")).isZero();
        close(account).then().statusCode(200);

        erase(customer).then().statusCode(200);

        for (var table : List.of("event", "stream", "claim", "processed_command", "customer_key")) {
            assertThat(Bank.count(table + " t where t::text like '%" + name + "%'")).isZero();
            assertThat(Bank.count(table + " t where t::text like '%" + address + "%'")).isZero();
        }
        assertThat(Bank.topic(account)).allMatch(event -> !event.payload().contains(name));
        assertThat(
                        Bank.count(
                                "customer_key where wrapped is null and customer_id = '"
                                        + customer
                                        + "'"))
                .isEqualTo(1);
    }

    @Test
    void an_account_that_is_opened_while_its_owner_is_erased_is_not_there_or_the_owner_is() {
        for (int round = 0; round < ROUNDS; round++) {
            var customer =
                    id(
                            teller().body(Map.of("name", name, "email", People.newAddress()))
                                    .post("/customers"));
            var turn = new AtomicInteger();
            var answers =
                    new ArrayList<>(
                            Concurrently.times(
                                    4,
                                    () ->
                                            turn.getAndIncrement() == 2
                                                    ? erase(customer).statusCode()
                                                    : open(customer, key()).statusCode()));

            assertThat(answers).allMatch(status -> List.of(200, 201, 404, 409).contains(status));
            if (answers.contains(200)) {
                assertThat(answers).doesNotContain(201);
            } else {
                assertThat(answers).contains(201);
            }
        }
    }
}
