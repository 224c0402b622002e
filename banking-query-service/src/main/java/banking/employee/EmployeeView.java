package banking.employee;

import banking.events.EmployeeEvent;
import banking.events.EmployeeEvent.EmployeeRegistered;
import banking.paging.Conditions;
import banking.projection.EntityTables;
import banking.projection.FreshViews;
import banking.projection.View;
import banking.projection.ViewProjection;
import jakarta.inject.Singleton;
import jakarta.persistence.Entity;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.hibernate.annotations.Formula;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** Somebody to whom tasks are given. */
@Entity
@Immutable
@SuppressWarnings("NullAway.Init") // Hibernate or the first event fills it in.
class EmployeeView extends View<EmployeeEvent> {

    private static final String PROJECTION = "employees";

    static final FreshViews.Kind<EmployeeView> KIND =
            new FreshViews.Kind<>(PROJECTION, "employee", EmployeeView.class, view -> view.version);

    @Singleton
    static class Projection extends ViewProjection<EmployeeView, EmployeeEvent> {
        Projection(EntityTables tables) {
            super(KIND, EmployeeEvent.class, EmployeeView::new, tables);
        }
    }

    String name;
    String email;
    Instant registeredAt;

    /** Whether an event waits that could not be applied. */
    @Formula(FreshViews.BEHIND_IN + PROJECTION + FreshViews.END)
    boolean behind;

    @Override
    protected void apply(EmployeeEvent event, Instant at) {
        switch (event) {
            case EmployeeRegistered(var registered, var address) -> {
                if (!isNew()) {
                    throw new IllegalStateException("the employee is registered already");
                }
                name = registered;
                email = address.value();
                registeredAt = at;
            }
        }
    }

    /** Employees in the order of their ids. */
    static List<EmployeeView> page(@Nullable UUID after, int limit) {
        var conditions = new Conditions().and("id > :after", "after", after);
        return EmployeeView.<EmployeeView>find(conditions.orderedBy("id"), conditions.parameters())
                .page(0, limit)
                .list();
    }
}
