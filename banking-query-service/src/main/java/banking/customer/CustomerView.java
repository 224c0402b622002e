package banking.customer;

import banking.account.AccountOwners;
import banking.database.Statements;
import banking.events.CustomerEvent;
import banking.events.CustomerEvent.CustomerEmailChanged;
import banking.events.CustomerEvent.CustomerErased;
import banking.events.CustomerEvent.CustomerRegistered;
import banking.events.CustomerId;
import banking.events.EmailAddress;
import banking.events.Envelope;
import banking.events.Event;
import banking.events.codec.PersonalData;
import banking.paging.Conditions;
import banking.paging.EmailDomains;
import banking.paging.Page;
import banking.projection.CustomerKeys;
import banking.view.EntityTables;
import banking.view.FreshViews;
import banking.view.View;
import banking.view.ViewProjection;
import jakarta.inject.Singleton;
import jakarta.persistence.Entity;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
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

        /** What is forgotten of customers is forgotten wherever it is shown. */
        @Override
        protected void writeBeside(Statements statements, List<Envelope<Event>> applied)
                throws SQLException {
            var erased =
                    applied.stream()
                            .filter(envelope -> envelope.event() instanceof CustomerErased)
                            .map(envelope -> new CustomerId(envelope.streamId().value()))
                            .toList();
            if (!erased.isEmpty()) {
                CustomerKeys.destroy(statements, erased);
                AccountOwners.forget(statements, erased);
            }
        }
    }

    String name;
    String email;
    String emailDomain;
    Instant registeredAt;
    Instant updatedAt;
    @Nullable Instant erasedAt;

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
                requireThere();
                reachedAt(address);
            }
            case CustomerErased _ -> {
                requireThere();
                name = PersonalData.ERASED;
                email = PersonalData.ERASED;
                emailDomain = PersonalData.ERASED;
                erasedAt = at;
            }
        }
        updatedAt = at;
    }

    private void requireThere() {
        if (isNew()) {
            throw new IllegalStateException("the customer was never registered");
        }
        if (erasedAt != null) {
            throw new IllegalStateException("the customer is erased");
        }
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
