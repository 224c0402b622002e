package banking.employee;

import banking.events.EmailAddress;
import banking.events.EmployeeEvent;
import banking.events.EmployeeEvent.EmployeeRegistered;
import banking.events.Envelope;
import banking.events.Event;
import banking.events.StreamId;
import banking.projection.ViewState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An employee as its events have left it, on the way into its view. */
record EmployeeState(
        StreamId id, long version, String name, EmailAddress email, Instant registeredAt)
        implements ViewState {

    static EmployeeState after(
            @Nullable EmployeeState before, EmployeeEvent event, Envelope<Event> envelope) {
        return switch (event) {
            case EmployeeRegistered(var name, var email) -> {
                if (before != null) {
                    throw new IllegalStateException("the employee is registered already");
                }
                yield new EmployeeState(
                        envelope.streamId(),
                        envelope.version(),
                        name,
                        email,
                        envelope.occurredAt());
            }
        };
    }
}
