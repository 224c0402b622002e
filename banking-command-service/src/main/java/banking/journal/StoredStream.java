package banking.journal;

import banking.events.codec.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Where a stream stands in the database.
 *
 * @param state JSON; null where only the events tell
 * @param hash the hash of its last event
 * @param seal tells whether the state is as the pipeline wrote it; null where nobody says so
 */
public record StoredStream(
        String type, long version, @Nullable String state, Sha256 hash, @Nullable Long seal) {

    /** Of a seal, the bits that name a version; the others are of a digest. */
    private static final long OF_VERSION = 0xFF_FFFFL;

    /** How far the state can be believed. */
    public enum Condition {
        AS_WRITTEN,
        /** Emptied, as by a migration that changes the form of states. */
        UNSEALED,
        EDITED
    }

    public Condition condition() {
        if (state == null || seal == null || ((seal ^ version) & OF_VERSION) != 0) {
            return Condition.UNSEALED;
        }
        return seal == seal(version, hash, state) ? Condition.AS_WRITTEN : Condition.EDITED;
    }

    /**
     * The version's last 24 bits, which tell a seal that was left behind from one that does not
     * fit, below 40 bits of the hash of the state that follows the last event. It finds out what
     * was changed by hand or by mistake; who can compute a hash can compute a longer one as well.
     */
    static long seal(long version, Sha256 hash, String state) {
        var digest = hash.followedBy(state.getBytes(StandardCharsets.UTF_8)).toBytes();
        return (ByteBuffer.wrap(digest).getLong() & ~OF_VERSION) | (version & OF_VERSION);
    }
}
