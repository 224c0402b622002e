package banking.employee;

import banking.paging.Conditions;
import banking.projection.FreshViews;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.hibernate.annotations.Formula;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** An employee as queries see it; only the projection writes the row. */
@Entity
@Immutable
class EmployeeView extends PanacheEntityBase {

    @Id UUID id;
    long version;
    String name;
    String email;
    Instant registeredAt;

    /** Whether an event waits that could not be applied. */
    @Formula(FreshViews.BEHIND_IN + EmployeeProjection.NAME + FreshViews.END)
    boolean behind;

    @SuppressWarnings("NullAway.Init") // Hibernate fills it in.
    protected EmployeeView() {}

    /** Employees in the order of their ids. */
    static List<EmployeeView> page(@Nullable UUID after, int limit) {
        var conditions = new Conditions().and("id > :after", "after", after);
        return EmployeeView.<EmployeeView>find(conditions.orderedBy("id"), conditions.parameters())
                .page(0, limit)
                .list();
    }
}
