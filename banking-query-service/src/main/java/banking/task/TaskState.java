package banking.task;

import banking.events.Envelope;
import banking.events.Event;
import banking.events.StreamId;
import banking.events.TaskEvent;
import banking.events.TaskEvent.AssigneeNotified;
import banking.events.TaskEvent.CommentAdded;
import banking.events.TaskEvent.TaskAssigned;
import banking.events.TaskEvent.TaskCompleted;
import banking.events.TaskEvent.TaskCreated;
import banking.projection.ViewState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A task as its events have left it, on the way into its view. */
record TaskState(
        StreamId id,
        long version,
        String name,
        TaskStatus status,
        @Nullable StreamId customerId,
        @Nullable StreamId assigneeId,
        boolean notified,
        Instant createdAt,
        Instant updatedAt)
        implements ViewState {

    static TaskState after(@Nullable TaskState before, TaskEvent event, Envelope<Event> envelope) {
        return before == null ? created(event, envelope) : before.then(event, envelope);
    }

    private static TaskState created(TaskEvent event, Envelope<Event> envelope) {
        if (!(event instanceof TaskCreated(var name, var customerId))) {
            throw new IllegalStateException("the task was never created");
        }
        return new TaskState(
                envelope.streamId(),
                envelope.version(),
                name,
                TaskStatus.OPEN,
                customerId,
                null,
                false,
                envelope.occurredAt(),
                envelope.occurredAt());
    }

    private TaskState then(TaskEvent event, Envelope<Event> envelope) {
        return switch (event) {
            case TaskCreated _ -> throw new IllegalStateException("the task is created already");
            case TaskAssigned(var employee, _) -> with(envelope, status, employee, false);
            // The task may have gone to somebody else while the e-mail was under way.
            case AssigneeNotified(var employee, _) ->
                    with(envelope, status, assigneeId, notified || employee.equals(assigneeId));
            case CommentAdded _ -> with(envelope, status, assigneeId, notified);
            case TaskCompleted _ -> with(envelope, TaskStatus.COMPLETED, assigneeId, notified);
        };
    }

    private TaskState with(
            Envelope<Event> envelope,
            TaskStatus status,
            @Nullable StreamId assigneeId,
            boolean notified) {
        return new TaskState(
                id,
                envelope.version(),
                name,
                status,
                customerId,
                assigneeId,
                notified,
                createdAt,
                envelope.occurredAt());
    }
}
