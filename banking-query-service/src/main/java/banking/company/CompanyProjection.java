package banking.company;

import banking.events.CompanyEvent;
import banking.events.EmailDomain;
import banking.events.Envelope;
import banking.events.Event;
import banking.events.Topic;
import banking.projection.RowProjection;
import banking.projection.ViewTable;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Keeps the companies. */
@ApplicationScoped
class CompanyProjection extends RowProjection<CompanyState> {

    static final String NAME = "companies";

    private static final ViewTable<CompanyState> TABLE =
            ViewTable.<CompanyState>ofAggregates("company_view")
                    .with("name", "text", CompanyState::name)
                    .with("email_domain", "text", CompanyState::emailDomain)
                    .with("customer_count", "int4", CompanyState::customerCount);

    CompanyProjection() {
        super(NAME, Topic.COMPANIES, TABLE);
    }

    @Override
    protected CompanyState read(ResultSet row) throws SQLException {
        return new CompanyState(
                ViewTable.streamId(row, "id"),
                row.getLong("version"),
                row.getString("name"),
                new EmailDomain(row.getString("email_domain")),
                row.getInt("customer_count"));
    }

    @Override
    protected CompanyState after(@Nullable CompanyState before, Envelope<Event> envelope) {
        if (!(envelope.event() instanceof CompanyEvent event)) {
            throw new IllegalStateException("not a company's event");
        }
        return CompanyState.after(before, event, envelope);
    }
}
