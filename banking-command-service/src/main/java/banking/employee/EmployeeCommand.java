package banking.employee;

import banking.events.EmailAddress;

/** All that can be asked of an employee. */
public sealed interface EmployeeCommand {

    record RegisterEmployee(String name, EmailAddress email) implements EmployeeCommand {}

    /** Whether an employee can be asked this at all, whatever its state. */
    static boolean isSound(EmployeeCommand command) {
        return switch (command) {
            case RegisterEmployee(var name, _) -> !name.isBlank();
        };
    }
}
