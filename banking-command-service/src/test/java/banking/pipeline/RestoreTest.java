package banking.pipeline;

import static banking.Bank.deposit;
import static banking.Bank.open;
import static org.hamcrest.Matchers.equalTo;

import banking.Bank;
import banking.CommandServiceTest;
import org.junit.jupiter.api.Test;

@CommandServiceTest
class RestoreTest {

    @Test
    void a_state_of_before_is_made_again_from_the_events() {
        var account = open("10.00");
        deposit(account, "2.00").then().statusCode(201);
        Bank.sql("update stream set state = '' where stream_id = '" + account + "'");

        deposit(account, "0.50")
                .then()
                .statusCode(201)
                .header("ETag", equalTo("\"4\""))
                .body("balance.amount", equalTo("12.50"));
        deposit(account, "0.50").then().body("balance.amount", equalTo("13.00"));
    }
}
