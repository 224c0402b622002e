package banking.customer;

import banking.paging.Conditions;
import banking.projection.FreshViews;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.hibernate.annotations.Formula;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** A customer as queries see it; only the projection writes the row. */
@Entity
@Immutable
class CustomerView extends PanacheEntityBase {

    @Id UUID id;
    long version;
    String name;
    String email;
    String emailDomain;
    Instant registeredAt;
    Instant updatedAt;

    /** Whether an event waits that could not be applied. */
    @Formula(FreshViews.BEHIND_IN + CustomerProjection.NAME + FreshViews.END)
    boolean behind;

    @SuppressWarnings("NullAway.Init") // Hibernate fills it in.
    protected CustomerView() {}

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
