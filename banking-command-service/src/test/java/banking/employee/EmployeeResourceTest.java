package banking.employee;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;

import banking.Bank;
import banking.CommandServiceTest;
import banking.People;
import banking.employee.Employees.Contact;
import banking.events.EmailAddress;
import banking.events.EmployeeId;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@CommandServiceTest
class EmployeeResourceTest {

    @Inject Employees employees;

    @Test
    void registering_an_employee_answers_with_its_state_its_place_and_its_version() {
        Bank.teller()
                .body(Map.of("name", "Erin", "email", "Erin@bank.example"))
                .post("/employees")
                .then()
                .statusCode(201)
                .header(
                        "Location",
                        matchesPattern("(http://[^/]+)?/employees/[0-9a-f-]{36}\\?min-version=1"))
                .header("ETag", "\"1\"")
                .body("name", equalTo("Erin"))
                .body("email", equalTo("erin@bank.example"));
    }

    @Test
    void every_violation_is_listed() {
        Bank.teller()
                .body(Map.of("name", " ", "email", "erin"))
                .post("/employees")
                .then()
                .statusCode(422)
                .body("violations.field", containsInAnyOrder("name", "email"));
    }

    @Test
    void whom_to_write_to_is_known_as_soon_as_the_employee_is_registered() {
        var erin = People.employee("Erin", "erin@bank.example");

        assertThat(employees.contact(EmployeeId.fromString(erin)))
                .isEqualTo(new Contact("Erin", new EmailAddress("erin@bank.example")));
    }

    @Test
    void nobody_has_no_address() {
        assertThatThrownBy(() -> employees.contact(new EmployeeId(UUID.randomUUID())))
                .isInstanceOf(IllegalStateException.class);
    }
}
