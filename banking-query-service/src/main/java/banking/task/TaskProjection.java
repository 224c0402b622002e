package banking.task;

import banking.events.Envelope;
import banking.events.Event;
import banking.events.TaskEvent;
import banking.events.TaskEvent.CommentAdded;
import banking.events.Topic;
import banking.projection.RowProjection;
import banking.projection.Statements;
import banking.projection.ViewTable;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keeps the tasks. */
@ApplicationScoped
class TaskProjection extends RowProjection<TaskState> {

    static final String NAME = "tasks";

    private static final ViewTable<TaskState> TABLE =
            ViewTable.<TaskState>ofAggregates("task_view")
                    .with("name", "text", TaskState::name)
                    .with("status", "text", task -> task.status().name())
                    .with("customer_id", "uuid", TaskState::customerId)
                    .with("assignee_id", "uuid", TaskState::assigneeId)
                    .with("notified", "bool", TaskState::notified)
                    .withTime("created_at", TaskState::createdAt)
                    .withTime("updated_at", TaskState::updatedAt);

    private record Comment(Envelope<Event> envelope, CommentAdded added) {}

    private static final ViewTable<Comment> COMMENTS =
            new ViewTable<Comment>("task_comment")
                    .key("task_id", "uuid", comment -> comment.envelope.streamId())
                    .key("number", "int4", comment -> comment.added.number())
                    .withLong("version", comment -> comment.envelope.version())
                    .with("author", "text", comment -> comment.added.author())
                    .with("text", "text", comment -> comment.added.text())
                    .withTime("commented_at", comment -> comment.envelope.occurredAt());

    TaskProjection() {
        super(NAME, Topic.TASKS, TABLE);
    }

    @Override
    protected TaskState read(ResultSet row) throws SQLException {
        return new TaskState(
                ViewTable.streamId(row, "id"),
                row.getLong("version"),
                row.getString("name"),
                TaskStatus.valueOf(row.getString("status")),
                ViewTable.optionalStreamId(row, "customer_id"),
                ViewTable.optionalStreamId(row, "assignee_id"),
                row.getBoolean("notified"),
                ViewTable.time(row, "created_at"),
                ViewTable.time(row, "updated_at"));
    }

    @Override
    protected TaskState after(@Nullable TaskState before, Envelope<Event> envelope) {
        if (!(envelope.event() instanceof TaskEvent event)) {
            throw new IllegalStateException("not a task's event");
        }
        return TaskState.after(before, event, envelope);
    }

    @Override
    protected void writeBeside(Statements statements, List<Envelope<Event>> applied)
            throws SQLException {
        var comments = new ArrayList<Comment>();
        for (var envelope : applied) {
            if (envelope.event() instanceof CommentAdded added) {
                comments.add(new Comment(envelope, added));
            }
        }
        COMMENTS.upsert(statements, comments);
    }
}
