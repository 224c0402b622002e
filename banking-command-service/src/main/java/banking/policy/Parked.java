package banking.policy;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A matter whose events wait.
 *
 * @param since the version of the event that could not be reacted to
 * @param until the version of the newest event that has come since
 * @param attempts how often the reaction was tried again
 * @param retryAt when it is tried again; null where that is for an operator to say
 */
record Parked(
        Matter matter,
        long since,
        long until,
        String reason,
        int attempts,
        Instant parkedAt,
        @Nullable Instant retryAt) {}
