package banking.journal;

import banking.events.StreamId;

/**
 * Where a stream stood before a batch of commands and stands after it.
 *
 * @param versionBefore 0 for a stream that begins
 * @param state JSON
 * @param hash the hash of its last event
 */
public record StreamChange(
        StreamId streamId,
        String type,
        long versionBefore,
        long versionAfter,
        String state,
        Sha256 hash) {}
