package banking.inspection;

import static banking.Bank.teller;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import banking.Bank;
import banking.CommandServiceTest;
import banking.People;
import io.restassured.path.json.JsonPath;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

@CommandServiceTest
class ExportTest {

    @Test
    void one_document_has_all_that_is_kept_about_a_customer() {
        var address = People.newAddress();
        var customer = People.customer(address);
        var account = open(customer);
        Bank.deposit(account, "5.00").then().statusCode(201);
        var others = open(People.customer(People.newAddress()));

        Awaitility.await()
                .atMost(Bank.PATIENCE)
                .untilAsserted(
                        () ->
                                assertThat(export(customer).getList("streams.type"))
                                        .containsExactly("account", "customer", "task", "task"));
        var told = export(customer);

        assertThat(told.getString("streams[0].id")).isEqualTo(account).isNotEqualTo(others);
        assertThat(told.getString("streams[0].state.balance.amount")).isEqualTo("505.00");
        assertThat(told.getList("streams[0].events.type"))
                .containsExactly("AccountOpened", "MoneyDeposited", "MoneyDeposited");
        assertThat(told.getString("streams[1].state.email")).isEqualTo(address);
        assertThat(told.getString("streams[1].events[0].payload.email")).isEqualTo(address);
        assertThat(told.getString("streams[1].events[0].actor")).isEqualTo("teller");
        assertThat(told.getList("streams[2].events.type")).containsExactly("TaskCreated");
    }

    @Test
    void of_somebody_who_is_no_customer_nothing_is_told() {
        Bank.as("auditor")
                .get("/exports/customers/{id}", UUID.randomUUID())
                .then()
                .statusCode(404)
                .body("code", equalTo("customer-not-found"));
    }

    private static JsonPath export(String customer) {
        return Bank.as("supervisor")
                .get("/exports/customers/{id}", customer)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    private static String open(String customer) {
        return teller().body(
                        Map.of(
                                "owner",
                                "Alice",
                                "currency",
                                "EUR",
                                "openingDeposit",
                                "500.00",
                                "customerId",
                                customer))
                .post("/accounts")
                .then()
                .statusCode(201)
                .extract()
                .path("accountId");
    }
}
