package banking.task;

import banking.events.StreamId;
import org.jspecify.annotations.Nullable;

/** All that can be asked of a task. */
public sealed interface TaskCommand {

    record CreateTask(String name, @Nullable StreamId customerId) implements TaskCommand {}

    record AssignTask(StreamId employeeId) implements TaskCommand {}

    record AddComment(String text, String author) implements TaskCommand {}

    record CompleteTask() implements TaskCommand {}

    /** Says that the employee has been told; it may come after the task has been completed. */
    record RecordNotification(StreamId employeeId, String messageId) implements TaskCommand {}
}
