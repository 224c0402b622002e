package banking.outbox;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A stream whose next event Kafka does not take.
 *
 * @param topic null where that is what is not known
 * @param first the version of that event
 * @param last the version of the newest event that waits behind it
 * @param reason what to do
 * @param attempts how often the event was tried
 */
public record RefusedStream(
        String streamId,
        @Nullable String topic,
        long first,
        long last,
        String reason,
        Instant refusedSince,
        int attempts,
        Instant nextTry) {}
