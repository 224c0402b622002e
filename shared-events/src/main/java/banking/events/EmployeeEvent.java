package banking.events;

/** All that can happen to an employee. */
public sealed interface EmployeeEvent extends Event {

    /** The first event of every employee. */
    record EmployeeRegistered(String name, EmailAddress email) implements EmployeeEvent {}
}
