package banking.task;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What is said about tasks, as JSON. */
final class Answers {

    private Answers() {}

    /**
     * @param notified whether the present assignee has been told
     */
    @Schema(name = "Task")
    record Task(
            UUID taskId,
            long version,
            String name,
            TaskStatus status,
            @Nullable UUID customerId,
            @Nullable UUID assigneeId,
            boolean notified,
            List<Comment> comments,
            Instant createdAt,
            Instant updatedAt,
            @Schema(description = "Whether an event of this task waits to be looked into")
                    boolean behind) {

        static Task of(TaskView view, List<TaskComment> comments) {
            return new Task(
                    view.id,
                    view.version,
                    view.name,
                    view.status,
                    view.customerId,
                    view.assigneeId,
                    view.notified,
                    comments.stream().map(Comment::of).toList(),
                    view.createdAt,
                    view.updatedAt,
                    view.behind);
        }
    }

    @Schema(name = "TaskComment")
    record Comment(int number, String author, String text, Instant at) {

        static Comment of(TaskComment comment) {
            return new Comment(comment.number, comment.author, comment.text, comment.commentedAt);
        }
    }

    @Schema(name = "TaskPage")
    record Tasks(List<Task> tasks, @Nullable UUID next) {}
}
