package banking.task;

import banking.database.Statements;
import banking.database.ViewTable;
import banking.events.Envelope;
import banking.events.Event;
import banking.events.TaskEvent.CommentAdded;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.hibernate.annotations.Immutable;

@Entity
@Immutable
@IdClass(TaskComment.Key.class)
@SuppressWarnings("NullAway.Init") // Hibernate fills it in.
class TaskComment extends PanacheEntityBase {

    record Key(UUID taskId, int number) {}

    private record Added(Envelope<Event> envelope, CommentAdded event) {}

    private static final ViewTable<Added> TABLE =
            new ViewTable<Added>("task_comment")
                    .key("task_id", "uuid", added -> added.envelope.streamId())
                    .key("number", "int4", added -> added.event.number())
                    .withLong("version", added -> added.envelope.version())
                    .with("author", "text", added -> added.event.author())
                    .with("text", "text", added -> added.event.text())
                    .withTime("commented_at", added -> added.envelope.occurredAt());

    @Id UUID taskId;
    @Id int number;
    long version;
    String author;
    String text;
    Instant commentedAt;

    static List<TaskComment> of(List<TaskView> tasks) {
        return list(
                "taskId in ?1 order by taskId, number",
                tasks.stream().map(task -> task.id).toList());
    }

    static void write(Statements statements, List<Envelope<Event>> events) throws SQLException {
        var comments =
                events.stream()
                        .filter(envelope -> envelope.event() instanceof CommentAdded)
                        .map(envelope -> new Added(envelope, (CommentAdded) envelope.event()))
                        .toList();
        TABLE.upsert(statements, comments);
    }
}
