package banking.task;

import static java.util.stream.Collectors.groupingBy;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.hibernate.annotations.Immutable;

/** A comment on a task; only the projection writes the row. */
@Entity
@Immutable
@IdClass(TaskComment.Key.class)
class TaskComment extends PanacheEntityBase {

    record Key(UUID taskId, int number) {}

    @Id UUID taskId;
    @Id int number;
    long version;
    String author;
    String text;
    Instant commentedAt;

    @SuppressWarnings("NullAway.Init") // Hibernate fills it in.
    protected TaskComment() {}

    /** The tasks with the comments that they had in the versions that were found. */
    static List<Answers.Task> answers(List<TaskView> tasks) {
        var comments =
                TaskComment.<TaskComment>list(
                                "taskId in ?1 order by taskId, number",
                                tasks.stream().map(task -> task.id).toList())
                        .stream()
                        .collect(groupingBy(comment -> comment.taskId));
        return tasks.stream()
                .map(
                        task ->
                                Answers.Task.of(
                                        task,
                                        comments.getOrDefault(task.id, List.of()).stream()
                                                .filter(c -> c.version <= task.version)
                                                .toList()))
                .toList();
    }
}
