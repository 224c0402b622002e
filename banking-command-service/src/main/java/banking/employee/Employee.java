package banking.employee;

import static banking.aggregate.Decision.accept;
import static banking.aggregate.Decision.reject;
import static banking.employee.EmployeeRefusal.EMPLOYEE_ALREADY_REGISTERED;

import banking.aggregate.Decision;
import banking.employee.EmployeeCommand.RegisterEmployee;
import banking.events.EmailAddress;
import banking.events.EmployeeEvent;
import banking.events.EmployeeEvent.EmployeeRegistered;

/** An employee: what it makes of a command, and what an event makes of it. */
sealed interface Employee {

    record NotRegistered() implements Employee {}

    record Registered(String name, EmailAddress email) implements Employee {}

    static Decision<EmployeeEvent> decide(Employee state, EmployeeCommand command) {
        return switch (command) {
            case RegisterEmployee(var name, var email) ->
                    switch (state) {
                        case NotRegistered() -> accept(new EmployeeRegistered(name, email));
                        case Registered _ ->
                                reject(
                                        EMPLOYEE_ALREADY_REGISTERED,
                                        "The employee was registered before.");
                    };
        };
    }

    static Employee evolve(Employee state, EmployeeEvent event) {
        return switch (event) {
            case EmployeeRegistered(var name, var email) -> new Registered(name, email);
        };
    }
}
