package banking.task;

import banking.aggregate.Refusal;
import banking.task.TaskCommand.AddComment;
import banking.task.TaskCommand.AssignTask;
import banking.task.TaskCommand.CompleteTask;

/** Why a task refuses a command. */
public enum TaskRefusal implements Refusal {
    TASK_NOT_FOUND(404, "There is no such task"),
    TASK_ALREADY_CREATED(409, "The task was created before"),
    TASK_COMPLETED(
            422, "The task is completed", AssignTask.class, AddComment.class, CompleteTask.class),
    TOO_MANY_COMMENTS(422, "The task has as many comments as it can have", AddComment.class);

    @SuppressWarnings("ImmutableEnumChecker") // Its list is, too.
    private final Terms terms;

    TaskRefusal(int status, String title, Class<?>... commands) {
        terms = Terms.of(status, title, commands);
    }

    @Override
    public Terms terms() {
        return terms;
    }
}
