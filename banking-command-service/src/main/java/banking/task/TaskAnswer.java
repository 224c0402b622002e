package banking.task;

import banking.events.TaskId;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A task as the caller of a command sees it.
 *
 * @param commentCount how many comments there are; in the answer to a comment, the number of this
 *     comment
 */
record TaskAnswer(
        String taskId,
        long version,
        Status status,
        String name,
        @Nullable String customerId,
        @Nullable String assigneeId,
        int commentCount) {

    @Schema(name = "TaskStatus")
    enum Status {
        OPEN,
        COMPLETED
    }

    /**
     * @throws IllegalStateException for a task that was not created: there is nothing to tell
     */
    static TaskAnswer of(TaskId id, long version, Task state) {
        return switch (state) {
            case Task.NotCreated() -> throw new IllegalStateException(id + " was not created");
            case Task.Open task -> of(id, version, Status.OPEN, task);
            case Task.Completed(var task) -> of(id, version, Status.COMPLETED, task);
        };
    }

    private static TaskAnswer of(TaskId id, long version, Status status, Task.Open task) {
        return new TaskAnswer(
                id.toString(),
                version,
                status,
                task.name(),
                Objects.toString(task.customerId(), null),
                Objects.toString(task.assigneeId(), null),
                task.commentCount());
    }
}
