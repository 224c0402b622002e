package banking.task;

import banking.events.CustomerId;
import banking.events.EmployeeId;
import org.jspecify.annotations.Nullable;

/** All that can be asked of a task. */
public sealed interface TaskCommand {

    record CreateTask(String name, @Nullable CustomerId customerId) implements TaskCommand {}

    record AssignTask(EmployeeId employeeId) implements TaskCommand {}

    record AddComment(String text, String author) implements TaskCommand {}

    record CompleteTask() implements TaskCommand {}

    /** Says that the employee has been told; it may come after the task has been completed. */
    record RecordNotification(EmployeeId employeeId, String messageId) implements TaskCommand {}

    /** Whether a task can be asked this at all, whatever its state. */
    static boolean isSound(TaskCommand command) {
        return switch (command) {
            case CreateTask(var name, _) -> !name.isBlank();
            case AddComment(var text, _) -> !text.isBlank();
            case AssignTask _, CompleteTask _, RecordNotification _ -> true;
        };
    }
}
