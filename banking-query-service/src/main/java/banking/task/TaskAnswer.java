package banking.task;

import static java.util.stream.Collectors.groupingBy;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

@Schema(name = "Task")
record TaskAnswer(
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

    @Schema(name = "TaskComment")
    record Comment(int number, String author, String text, Instant at) {}

    @Schema(name = "TaskPage")
    record Page(List<TaskAnswer> tasks, @Nullable UUID next) {}

    /** The tasks with the comments that they had in the versions that were found. */
    static List<TaskAnswer> of(List<TaskView> tasks) {
        var comments =
                TaskComment.of(tasks).stream().collect(groupingBy(comment -> comment.taskId));
        return tasks.stream()
                .map(task -> of(task, comments.getOrDefault(task.id, List.of())))
                .toList();
    }

    private static TaskAnswer of(TaskView view, List<TaskComment> comments) {
        return new TaskAnswer(
                view.id,
                view.version,
                view.name,
                view.status,
                view.customerId,
                view.assigneeId,
                view.notified,
                comments.stream()
                        .filter(c -> c.version <= view.version)
                        .map(c -> new Comment(c.number, c.author, c.text, c.commentedAt))
                        .toList(),
                view.createdAt,
                view.updatedAt,
                view.behind);
    }
}
