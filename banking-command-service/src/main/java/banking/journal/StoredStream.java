package banking.journal;

import banking.events.codec.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/**
 * Where a stream stands in the database.
 *
 * @param state JSON; null where only the events tell
 * @param hash the hash of its last event
 * @param seal tells whether the state is as the pipeline wrote it; null where nobody says so
 */
@SuppressWarnings("ArrayRecordComponent") // A column; nobody compares streams.
public record StoredStream(
        String type, long version, @Nullable String state, Sha256 hash, byte @Nullable [] seal) {

    /** How far the state can be believed. */
    public enum Condition {
        AS_WRITTEN,
        /** Emptied, as by a migration that changes the form of states. */
        UNSEALED,
        EDITED
    }

    public Condition condition() {
        if (state == null
                || seal == null
                || seal.length < Long.BYTES
                || ByteBuffer.wrap(seal).getLong() != version) {
            return Condition.UNSEALED;
        }
        return MessageDigest.isEqual(seal, seal(version, hash, state))
                ? Condition.AS_WRITTEN
                : Condition.EDITED;
    }

    /**
     * The version, which tells a seal that was left behind from one that does not fit, and the hash
     * of the state that follows the last event.
     */
    static byte[] seal(long version, Sha256 hash, String state) {
        var digest = hash.followedBy(state.getBytes(StandardCharsets.UTF_8)).toBytes();
        return ByteBuffer.allocate(Long.BYTES + digest.length).putLong(version).put(digest).array();
    }
}
