package banking.events;

/**
 * A fact that has been committed. An event's simple class name is its type on the wire and in the
 * journal, so a record is never renamed; its fields change only together with its schema version.
 */
public sealed interface Event
        permits AccountEvent,
                CustomerEvent,
                CompanyEvent,
                TaskEvent,
                EmployeeEvent,
                ApprovalEvent {}
