package banking.customer;

import banking.events.CustomerEvent;
import banking.events.CustomerEvent.CustomerEmailChanged;
import banking.events.CustomerEvent.CustomerRegistered;
import banking.events.EmailAddress;
import banking.paging.Conditions;
import banking.projection.EntityTables;
import banking.projection.FreshViews;
import banking.projection.View;
import banking.projection.ViewProjection;
import jakarta.inject.Singleton;
import jakarta.persistence.Entity;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.hibernate.annotations.Formula;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** A customer, with addresses in the domain that it can be asked for. */
@Entity
@Immutable
@SuppressWarnings("NullAway.Init") // Hibernate or the first event fills it in.
class CustomerView extends View<CustomerEvent> {

    private static final String PROJECTION = "customers";

    static final FreshViews.Kind<CustomerView> KIND =
            new FreshViews.Kind<>(PROJECTION, "customer", CustomerView.class, view -> view.version);

    @Singleton
    static class Projection extends ViewProjection<CustomerView, CustomerEvent> {
        Projection(EntityTables tables) {
            super(KIND, CustomerEvent.class, CustomerView::new, tables);
        }
    }

    String name;
    String email;
    String emailDomain;
    Instant registeredAt;
    Instant updatedAt;

    /** Whether an event waits that could not be applied. */
    @Formula(FreshViews.BEHIND_IN + PROJECTION + FreshViews.END)
    boolean behind;

    @Override
    protected void apply(CustomerEvent event, Instant at) {
        switch (event) {
            case CustomerRegistered(var registered, var address) -> {
                if (!isNew()) {
                    throw new IllegalStateException("the customer is registered already");
                }
                name = registered;
                registeredAt = at;
                reachedAt(address);
            }
            case CustomerEmailChanged(_, var address) -> {
                if (isNew()) {
                    throw new IllegalStateException("the customer was never registered");
                }
                reachedAt(address);
            }
        }
        updatedAt = at;
    }

    private void reachedAt(EmailAddress address) {
        email = address.value();
        emailDomain = address.domain().value();
    }

    /** Customers in the order of their ids; with addresses in one domain where asked for. */
    static List<CustomerView> page(@Nullable String emailDomain, @Nullable UUID after, int limit) {
        var conditions =
                new Conditions()
                        .and(
                                "emailDomain = :domain",
                                "domain",
                                emailDomain == null ? null : emailDomain.toLowerCase(Locale.ROOT))
                        .and("id > :after", "after", after);
        return CustomerView.<CustomerView>find(conditions.orderedBy("id"), conditions.parameters())
                .page(0, limit)
                .list();
    }
}
