package banking.events;

import static com.fasterxml.jackson.annotation.Nulls.SET;

import com.fasterxml.jackson.annotation.JsonSetter;
import org.jspecify.annotations.Nullable;

/** All that can happen to a task. */
public sealed interface TaskEvent extends Event {

    /**
     * The first event of every task.
     *
     * @param name at most 50 characters
     * @param customerId the customer that the task is about; null for a task about none
     */
    record TaskCreated(String name, @JsonSetter(nulls = SET) @Nullable CustomerId customerId)
            implements TaskEvent {}

    /**
     * The task is an employee's from here on, and no longer whose it was.
     *
     * @param taskName the task's name, so that who tells the employee has it at hand
     */
    record TaskAssigned(EmployeeId employeeId, String taskName) implements TaskEvent {}

    /**
     * The employee has been told by e-mail.
     *
     * @param messageId the Message-ID header (RFC 5322, section 3.6.4) of the e-mail
     */
    record AssigneeNotified(EmployeeId employeeId, String messageId) implements TaskEvent {}

    /**
     * @param number from 1, without gaps, at most 20
     * @param author who gave the comment
     */
    record CommentAdded(int number, String text, String author) implements TaskEvent {}

    /** The last event of a task but for a notification that was still under way. */
    record TaskCompleted() implements TaskEvent {}
}
