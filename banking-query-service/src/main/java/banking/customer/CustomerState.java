package banking.customer;

import banking.events.CustomerEvent;
import banking.events.CustomerEvent.CustomerEmailChanged;
import banking.events.CustomerEvent.CustomerRegistered;
import banking.events.EmailAddress;
import banking.events.Envelope;
import banking.events.Event;
import banking.events.StreamId;
import banking.projection.ViewState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A customer as its events have left it, on the way into its view. */
record CustomerState(
        StreamId id,
        long version,
        String name,
        EmailAddress email,
        Instant registeredAt,
        Instant updatedAt)
        implements ViewState {

    static CustomerState after(
            @Nullable CustomerState before, CustomerEvent event, Envelope<Event> envelope) {
        var at = envelope.occurredAt();
        return switch (event) {
            case CustomerRegistered(var name, var email) -> {
                if (before != null) {
                    throw new IllegalStateException("the customer is registered already");
                }
                yield new CustomerState(
                        envelope.streamId(), envelope.version(), name, email, at, at);
            }
            case CustomerEmailChanged(_, var email) -> {
                if (before == null) {
                    throw new IllegalStateException("the customer was never registered");
                }
                yield new CustomerState(
                        before.id, envelope.version(), before.name, email, before.registeredAt, at);
            }
        };
    }
}
