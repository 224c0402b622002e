package banking.company;

import banking.paging.Conditions;
import banking.projection.FreshViews;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.hibernate.annotations.Formula;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** A company as queries see it; only the projection writes the row. */
@Entity
@Immutable
class CompanyView extends PanacheEntityBase {

    @Id UUID id;
    long version;

    /** Null for a company that has not registered, but has customers already. */
    @Nullable String name;

    String emailDomain;
    int customerCount;

    /** Whether an event waits that could not be applied. */
    @Formula(FreshViews.BEHIND_IN + CompanyProjection.NAME + FreshViews.END)
    boolean behind;

    @SuppressWarnings("NullAway.Init") // Hibernate fills it in.
    protected CompanyView() {}

    boolean isRegistered() {
        return name != null;
    }

    /** Companies that have registered, in the order of their ids; of one domain where asked for. */
    static List<CompanyView> page(@Nullable String emailDomain, @Nullable UUID after, int limit) {
        var conditions =
                new Conditions()
                        .and(
                                "emailDomain = :domain",
                                "domain",
                                emailDomain == null ? null : emailDomain.toLowerCase(Locale.ROOT))
                        .and("name is not null")
                        .and("id > :after", "after", after);
        return CompanyView.<CompanyView>find(conditions.orderedBy("id"), conditions.parameters())
                .page(0, limit)
                .list();
    }
}
