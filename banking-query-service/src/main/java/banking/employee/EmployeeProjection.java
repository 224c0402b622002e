package banking.employee;

import banking.events.EmailAddress;
import banking.events.EmployeeEvent;
import banking.events.Envelope;
import banking.events.Event;
import banking.events.Topic;
import banking.projection.RowProjection;
import banking.projection.ViewTable;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Keeps the employees. */
@ApplicationScoped
class EmployeeProjection extends RowProjection<EmployeeState> {

    static final String NAME = "employees";

    private static final ViewTable<EmployeeState> TABLE =
            ViewTable.<EmployeeState>ofAggregates("employee_view")
                    .with("name", "text", EmployeeState::name)
                    .with("email", "text", EmployeeState::email)
                    .withTime("registered_at", EmployeeState::registeredAt);

    EmployeeProjection() {
        super(NAME, Topic.EMPLOYEES, TABLE);
    }

    @Override
    protected EmployeeState read(ResultSet row) throws SQLException {
        return new EmployeeState(
                ViewTable.streamId(row, "id"),
                row.getLong("version"),
                row.getString("name"),
                new EmailAddress(row.getString("email")),
                ViewTable.time(row, "registered_at"));
    }

    @Override
    protected EmployeeState after(@Nullable EmployeeState before, Envelope<Event> envelope) {
        if (!(envelope.event() instanceof EmployeeEvent event)) {
            throw new IllegalStateException("not an employee's event");
        }
        return EmployeeState.after(before, event, envelope);
    }
}
