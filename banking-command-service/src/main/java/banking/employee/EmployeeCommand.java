package banking.employee;

import banking.events.EmailAddress;

/** All that can be asked of an employee. */
public sealed interface EmployeeCommand {

    record RegisterEmployee(String name, EmailAddress email) implements EmployeeCommand {}
}
