package banking.customer;

import banking.events.CustomerEvent;
import banking.events.CustomerEvent.CustomerEmailChanged;
import banking.events.CustomerEvent.CustomerRegistered;
import banking.events.CustomerId;
import banking.events.EmailAddress;
import banking.paging.Conditions;
import banking.paging.EmailDomains;
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

/** A customer, with addresses in the domain that it can be asked for. */
@Entity
@Immutable
@SuppressWarnings("NullAway.Init") // Hibernate or the first event fills it in.
class CustomerView extends View<CustomerEvent> {

    private static final String PROJECTION = "customers";

    static final FreshViews.Kind<CustomerEvent, CustomerView> KIND =
            FreshViews.Kind.of(PROJECTION, "customer", CustomerEvent.class, CustomerView.class)
                    .ownedBy(view -> new CustomerId(view.id));

    @Singleton
    static class Projection extends ViewProjection<CustomerView, CustomerEvent> {
        Projection(EntityTables tables) {
            super(KIND, CustomerView::new, tables);
        }
    }

    String name;
    String email;
    String emailDomain;
    Instant registeredAt;
    Instant updatedAt;

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
    static Page<CustomerView> page(@Nullable String emailDomain, @Nullable UUID after, int limit) {
        return new Conditions()
                .and("emailDomain = :domain", "domain", EmailDomains.stored(emailDomain))
                .and("id > :after", "after", after)
                .page((query, values) -> CustomerView.find(query, values), "id", limit);
    }
}
