package banking.journal;

import banking.events.StreamId;
import banking.events.codec.ChainKeys;
import banking.events.codec.Netstrings;
import banking.events.codec.Sha256;
import java.nio.ByteBuffer;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where a stream stands in the database.
 *
 * @param state JSON; null where only the events tell
 * @param hash the hash of its last event
 * @param seal tells whether the row is as the pipeline wrote it; null where nobody says so
 * @param dueAt when it is to be given a command by itself; null where it is not
 */
public record StoredStream(
        String type,
        long version,
        @Nullable String state,
        Sha256 hash,
        @Nullable Long seal,
        @Nullable Instant dueAt) {

    /** Of a seal, the bits that name a version; the others are of a link. */
    private static final long OF_VERSION = 0xFF_FFFFL;

    /** How far the state can be believed. */
    public enum Condition {
        AS_WRITTEN,
        /** Emptied, as by a migration that changes the form of states. */
        UNSEALED,
        EDITED
    }

    public Condition condition(StreamId id, ChainKeys keys) {
        if (state == null || seal == null || ((seal ^ version) & OF_VERSION) != 0) {
            return Condition.UNSEALED;
        }
        return seal.equals(seal(keys, id, type, version, hash, state, dueAt))
                ? Condition.AS_WRITTEN
                : Condition.EDITED;
    }

    /**
     * The version's last 24 bits, which tell a seal that was left behind from one that does not
     * fit, below 40 bits of what vouches for all that the row says. One who has only the database
     * can guess at it, once for each command that is refused and told of.
     *
     * @return null where nobody knows the key of the last event
     */
    static @Nullable Long seal(
            ChainKeys keys,
            StreamId id,
            String type,
            long version,
            Sha256 hash,
            String state,
            @Nullable Instant dueAt) {
        var content =
                Netstrings.of("state")
                        .add(id.value())
                        .add(type)
                        .add(version)
                        .add(hash)
                        .add(state)
                        .add(dueAt == null ? null : dueAt.toString())
                        .digest();
        var link = keys.beside(hash, content);
        return link == null
                ? null
                : (ByteBuffer.wrap(link.toBytes(), 1, Long.BYTES).getLong() & ~OF_VERSION)
                        | (version & OF_VERSION);
    }
}
