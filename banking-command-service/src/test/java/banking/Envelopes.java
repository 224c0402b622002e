package banking;

import banking.events.AggregateId;
import banking.events.CommandId;
import banking.events.Envelope;
import banking.events.Event;
import java.time.Instant;
import java.util.UUID;

/** Events as a policy gets them. */
public final class Envelopes {

    private Envelopes() {}

    public static <E extends Event> Envelope<E> of(AggregateId<?> id, long version, E event) {
        return new Envelope<>(
                id.stream(),
                version,
                event,
                "story",
                new CommandId(new UUID(7, version)),
                "teller",
                Instant.EPOCH,
                null,
                null);
    }
}
