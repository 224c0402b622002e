package banking.journal;

import banking.events.CustomerId;
import banking.events.StreamId;
import banking.events.codec.ChainKeys;
import banking.events.codec.Sha256;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * Where a stream stood before a batch of commands and stands after it.
 *
 * @param versionBefore 0 for a stream that begins
 * @param state JSON
 * @param hash the hash of its last event
 * @param dueAt when it is to be given a command by itself; null where it is not
 * @param customer whom it is about, which its first event says; null where it is about none
 */
public record StreamChange(
        StreamId streamId,
        String type,
        long versionBefore,
        long versionAfter,
        String state,
        Sha256 hash,
        @Nullable Instant dueAt,
        @Nullable CustomerId customer) {

    /** As the database keeps it, since it is sealed. */
    public StreamChange {
        dueAt = dueAt == null ? null : dueAt.truncatedTo(ChronoUnit.MICROS);
    }

    /**
     * @throws IllegalStateException when nobody knows the key of the last event
     */
    long seal(ChainKeys keys) {
        var seal = StoredStream.seal(keys, streamId, type, versionAfter, hash, state, dueAt);
        if (seal == null) {
            throw new IllegalStateException(
                    "the key of the last event of " + streamId + " is gone");
        }
        return seal;
    }
}
