package banking.employee;

import banking.events.EmployeeEvent;
import banking.events.EmployeeEvent.EmployeeRegistered;
import banking.paging.Conditions;
import banking.paging.Page;
import banking.view.EntityTables;
import banking.view.FreshViews;
import banking.view.View;
import banking.view.ViewProjection;
import jakarta.inject.Singleton;
import jakarta.persistence.Entity;
import java.time.Instant;
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

    static final FreshViews.Kind<EmployeeEvent, EmployeeView> KIND =
            FreshViews.Kind.of(PROJECTION, "employee", EmployeeEvent.class, EmployeeView.class);

    @Singleton
    static class Projection extends ViewProjection<EmployeeView, EmployeeEvent> {
        Projection(EntityTables tables) {
            super(KIND, EmployeeView::new, tables);
        }
    }

    String name;
    String email;
    Instant registeredAt;

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

    static Page<EmployeeView> page(@Nullable UUID after, int limit) {
        return new Conditions()
                .and("id > :after", "after", after)
                .page((query, values) -> EmployeeView.find(query, values), "id", limit);
    }
}
