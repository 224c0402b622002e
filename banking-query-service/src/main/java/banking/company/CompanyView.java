package banking.company;

import banking.events.CompanyEvent;
import banking.events.CompanyEvent.CompanyRegistered;
import banking.events.CompanyEvent.CustomerJoinedCompany;
import banking.events.CompanyEvent.CustomerLeftCompany;
import banking.events.EmailDomain;
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

/** A company, whose customers may be counted before it registers. */
@Entity
@Immutable
@SuppressWarnings("NullAway.Init") // Hibernate or the first event fills it in.
class CompanyView extends View<CompanyEvent> {

    private static final String PROJECTION = "companies";

    static final FreshViews.Kind<CompanyEvent, CompanyView> KIND =
            FreshViews.Kind.of(PROJECTION, "company", CompanyEvent.class, CompanyView.class);

    @Singleton
    static class Projection extends ViewProjection<CompanyView, CompanyEvent> {
        Projection(EntityTables tables) {
            super(KIND, CompanyView::new, tables);
        }
    }

    @Nullable String name;

    String emailDomain;
    int customerCount;

    @Formula(FreshViews.BEHIND_IN + PROJECTION + FreshViews.END)
    boolean behind;

    @Override
    protected void apply(CompanyEvent event, Instant at) {
        switch (event) {
            case CompanyRegistered(var registered, var domain) -> {
                if (isRegistered()) {
                    throw new IllegalStateException("the company is registered already");
                }
                name = registered;
                emailDomain = domain.value();
            }
            case CustomerJoinedCompany(_, var domain, var count) -> counted(domain, count);
            case CustomerLeftCompany(_, var domain, var count) -> counted(domain, count);
        }
    }

    private void counted(EmailDomain domain, int count) {
        emailDomain = domain.value();
        customerCount = count;
    }

    boolean isRegistered() {
        return name != null;
    }

    /** Companies that have registered, in the order of their ids; of one domain where asked for. */
    static Page<CompanyView> page(@Nullable String emailDomain, @Nullable UUID after, int limit) {
        return new Conditions()
                .and("emailDomain = :domain", "domain", EmailDomains.stored(emailDomain))
                .and("name is not null")
                .and("id > :after", "after", after)
                .page((query, values) -> CompanyView.find(query, values), "id", limit);
    }
}
