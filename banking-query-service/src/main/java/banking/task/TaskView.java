package banking.task;

import banking.paging.Conditions;
import banking.projection.FreshViews;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.hibernate.annotations.Formula;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** A task as queries see it; only the projection writes the row. */
@Entity
@Immutable
class TaskView extends PanacheEntityBase {

    @Id UUID id;
    long version;
    String name;

    @Enumerated(EnumType.STRING)
    TaskStatus status;

    @Nullable UUID customerId;
    @Nullable UUID assigneeId;

    /** Whether the present assignee has been told. */
    boolean notified;

    Instant createdAt;
    Instant updatedAt;

    /** Whether an event waits that could not be applied. */
    @Formula(FreshViews.BEHIND_IN + TaskProjection.NAME + FreshViews.END)
    boolean behind;

    @SuppressWarnings("NullAway.Init") // Hibernate fills it in.
    protected TaskView() {}

    /** Tasks in the order of their ids; those that are asked for. */
    static List<TaskView> page(
            @Nullable UUID customer,
            @Nullable UUID assignee,
            @Nullable TaskStatus status,
            @Nullable UUID after,
            int limit) {
        var conditions =
                new Conditions()
                        .and("customerId = :customer", "customer", customer)
                        .and("assigneeId = :assignee", "assignee", assignee)
                        .and("status = :status", "status", status)
                        .and("id > :after", "after", after);
        return TaskView.<TaskView>find(conditions.orderedBy("id"), conditions.parameters())
                .page(0, limit)
                .list();
    }
}
