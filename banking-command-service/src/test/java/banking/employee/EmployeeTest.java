package banking.employee;

import static org.assertj.core.api.Assertions.assertThat;

import banking.aggregate.Decision;
import banking.employee.EmployeeCommand.RegisterEmployee;
import banking.events.EmailAddress;
import banking.events.EmployeeEvent.EmployeeRegistered;
import org.junit.jupiter.api.Test;

class EmployeeTest {

    private static final EmailAddress EMAIL = new EmailAddress("erin@bank.example");
    private static final EmployeeRegistered REGISTERED = new EmployeeRegistered("Erin", EMAIL);

    @Test
    void an_employee_is_registered() {
        assertThat(Employee.decide(new Employee.NotRegistered(), register()))
                .isEqualTo(Decision.accept(REGISTERED));
    }

    @Test
    void an_employee_is_registered_once() {
        var erin = Employee.evolve(new Employee.NotRegistered(), REGISTERED);

        assertThat(Employee.decide(erin, register()))
                .isEqualTo(
                        Decision.reject(
                                EmployeeRefusal.EMPLOYEE_ALREADY_REGISTERED,
                                "The employee was registered before."));
    }

    private static RegisterEmployee register() {
        return new RegisterEmployee("Erin", EMAIL);
    }
}
