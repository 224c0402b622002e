package banking.customer;

import banking.events.CustomerEvent;
import banking.events.EmailAddress;
import banking.events.Envelope;
import banking.events.Event;
import banking.events.Topic;
import banking.projection.RowProjection;
import banking.projection.ViewTable;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Keeps the customers. */
@ApplicationScoped
class CustomerProjection extends RowProjection<CustomerState> {

    static final String NAME = "customers";

    private static final ViewTable<CustomerState> TABLE =
            ViewTable.<CustomerState>ofAggregates("customer_view")
                    .with("name", "text", CustomerState::name)
                    .with("email", "text", CustomerState::email)
                    .with("email_domain", "text", customer -> customer.email().domain())
                    .withTime("registered_at", CustomerState::registeredAt)
                    .withTime("updated_at", CustomerState::updatedAt);

    CustomerProjection() {
        super(NAME, Topic.CUSTOMERS, TABLE);
    }

    @Override
    protected CustomerState read(ResultSet row) throws SQLException {
        return new CustomerState(
                ViewTable.streamId(row, "id"),
                row.getLong("version"),
                row.getString("name"),
                new EmailAddress(row.getString("email")),
                ViewTable.time(row, "registered_at"),
                ViewTable.time(row, "updated_at"));
    }

    @Override
    protected CustomerState after(@Nullable CustomerState before, Envelope<Event> envelope) {
        if (!(envelope.event() instanceof CustomerEvent event)) {
            throw new IllegalStateException("not a customer's event");
        }
        return CustomerState.after(before, event, envelope);
    }
}
