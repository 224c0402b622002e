package banking.task;

import banking.database.Statements;
import banking.events.CustomerId;
import banking.events.EmployeeId;
import banking.events.Envelope;
import banking.events.Event;
import banking.events.TaskEvent;
import banking.events.TaskEvent.AssigneeNotified;
import banking.events.TaskEvent.CommentAdded;
import banking.events.TaskEvent.TaskAssigned;
import banking.events.TaskEvent.TaskCompleted;
import banking.events.TaskEvent.TaskCreated;
import banking.paging.Conditions;
import banking.paging.Page;
import banking.view.EntityTables;
import banking.view.FreshViews;
import banking.view.View;
import banking.view.ViewProjection;
import jakarta.inject.Singleton;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.hibernate.annotations.Formula;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** What somebody has to do; its comments are rows of their own. */
@Entity
@Immutable
@SuppressWarnings("NullAway.Init") // Hibernate or the first event fills it in.
class TaskView extends View<TaskEvent> {

    private static final String PROJECTION = "tasks";

    static final FreshViews.Kind<TaskEvent, TaskView> KIND =
            FreshViews.Kind.of(PROJECTION, "task", TaskEvent.class, TaskView.class);

    @Singleton
    static class Projection extends ViewProjection<TaskView, TaskEvent> {
        Projection(EntityTables tables) {
            super(KIND, TaskView::new, tables);
        }

        @Override
        protected void writeBeside(Statements statements, List<Envelope<Event>> applied)
                throws SQLException {
            TaskComment.write(statements, applied);
        }
    }

    String name;

    @Enumerated(EnumType.STRING)
    TaskStatus status;

    @Nullable UUID customerId;
    @Nullable UUID assigneeId;

    boolean notified;

    Instant createdAt;
    Instant updatedAt;

    @Formula(FreshViews.BEHIND_IN + PROJECTION + FreshViews.END)
    boolean behind;

    @Override
    protected void apply(TaskEvent event, Instant at) {
        if (isNew() != event instanceof TaskCreated) {
            throw new IllegalStateException(
                    isNew() ? "the task was never created" : "the task is created already");
        }
        switch (event) {
            case TaskCreated(var task, var customer) -> {
                name = task;
                status = TaskStatus.OPEN;
                customerId = customer == null ? null : customer.value();
                createdAt = at;
            }
            case TaskAssigned(var employee, _) -> {
                assigneeId = employee.value();
                notified = false;
            }
            // The task may have gone to somebody else while the e-mail was under way.
            case AssigneeNotified(EmployeeId(var employee), _) ->
                    notified |= employee.equals(assigneeId);
            case CommentAdded _ -> {}
            case TaskCompleted _ -> status = TaskStatus.COMPLETED;
        }
        updatedAt = at;
    }

    static Page<TaskView> page(
            @Nullable CustomerId customer,
            @Nullable EmployeeId assignee,
            @Nullable TaskStatus status,
            @Nullable UUID after,
            int limit) {
        return new Conditions()
                .and("customerId = :customer", "customer", customer)
                .and("assigneeId = :assignee", "assignee", assignee)
                .and("status = :status", "status", status)
                .and("id > :after", "after", after)
                .page((query, values) -> TaskView.find(query, values), "id", limit);
    }
}
