package banking.employee;

import static banking.employee.EmployeeType.EMPLOYEE;

import banking.events.EmailAddress;
import banking.events.EmployeeId;
import banking.pipeline.CurrentStates;
import jakarta.enterprise.context.ApplicationScoped;

/** Whom to write to. */
@ApplicationScoped
public class Employees {

    private final CurrentStates states;

    Employees(CurrentStates states) {
        this.states = states;
    }

    /** How an employee is addressed. */
    public record Contact(String name, EmailAddress email) {}

    /**
     * @throws banking.pipeline.UnavailableException when the database does not answer
     * @throws IllegalStateException when there is no such employee
     */
    public Contact contact(EmployeeId id) {
        return switch (states.of(EMPLOYEE, id)) {
            case Employee.Registered(var name, var email) -> new Contact(name, email);
            case Employee.NotRegistered() -> throw new IllegalStateException(id + " is unknown");
        };
    }
}
