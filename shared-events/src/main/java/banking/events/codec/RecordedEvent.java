package banking.events.codec;

import banking.events.StreamId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * An event with its place in its stream's hash chain: a row that is changed, added or taken out
 * behind the journal's back breaks the chain from there on, and so does a record that no command
 * wrote on a topic.
 *
 * @param previous the hash of the event before it; {@link Sha256#NONE} for the first of a stream
 * @param hash over the previous event's hash, the event's identity, actor and time, and its payload
 */
public record RecordedEvent(WrittenEvent event, Sha256 previous, Sha256 hash) {

    /**
     * @param previous the hash of the event before; {@link Sha256#NONE} for the first of a stream
     */
    public static RecordedEvent after(Sha256 previous, WrittenEvent event) {
        var id = event.streamId().value();
        var fixed =
                ByteBuffer.allocate(4 * Long.BYTES + Integer.BYTES)
                        .putLong(id.getMostSignificantBits())
                        .putLong(id.getLeastSignificantBits())
                        .putLong(event.version())
                        .putLong(ChronoUnit.MICROS.between(Instant.EPOCH, event.occurredAt()))
                        .putInt(event.schemaVersion())
                        .array();
        return new RecordedEvent(
                event,
                previous,
                previous.followedBy(
                        fixed, utf8(event.type()), utf8(event.actor()), utf8(event.payload())));
    }

    public StreamId streamId() {
        return event.streamId();
    }

    public long version() {
        return event.version();
    }

    /** Whether its hash is that of what it says. */
    public boolean isIntact() {
        return hash.equals(after(previous, event).hash);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
