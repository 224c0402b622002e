package banking.employee;

import static banking.Feed.START;
import static banking.Feed.event;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import banking.Bank;
import banking.Feed;
import banking.embedded.BankTestResource;
import banking.events.EmailAddress;
import banking.events.EmployeeEvent.EmployeeRegistered;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(
        value = BankTestResource.class,
        initArgs = @ResourceArg(name = "service", value = "query"))
class EmployeeQueriesTest {

    private final UUID id = UUID.randomUUID();

    @Test
    void an_employee_is_shown_and_listed() {
        var registered =
                event(id, 1, new EmployeeRegistered("Eve", new EmailAddress("eve@bank.example")));
        Feed.send(registered, registered);

        Bank.view("/employees/", id, 1)
                .statusCode(200)
                .body("employeeId", equalTo(id.toString()))
                .body("version", equalTo(1))
                .body("name", equalTo("Eve"))
                .body("email", equalTo("eve@bank.example"))
                .body("registeredAt", equalTo(START.toString()))
                .body("behind", equalTo(false));
        Bank.as("auditor")
                .get("/employees?limit=1")
                .then()
                .statusCode(200)
                .body("employees", hasSize(1));
    }

    @Test
    void an_employee_that_nobody_registered_is_not_found() {
        Bank.as("teller")
                .get("/employees/{id}", id)
                .then()
                .statusCode(404)
                .body("code", equalTo("employee-not-found"));
    }
}
