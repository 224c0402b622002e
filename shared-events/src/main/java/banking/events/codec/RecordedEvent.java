package banking.events.codec;

import banking.events.StreamId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * An event with its place in its stream's hash chain: a row that is changed, added or taken out
 * behind the journal's back breaks the chain from there on, and so does a record that no command
 * wrote on a topic. {@link ChainKeys} makes the links.
 *
 * @param previous the link of the event before it; {@link Sha256#NONE} for the first of a stream
 * @param hash the link over the previous one and {@link #content}
 */
public record RecordedEvent(WrittenEvent event, Sha256 previous, Sha256 hash) {

    /** All that is kept of an event, each with its length. */
    public static Netstrings content(WrittenEvent event) {
        return Netstrings.of("event")
                .add(event.streamId().value())
                .add(event.version())
                .add(event.type())
                .add(event.schemaVersion())
                .add(event.payload())
                .add(event.causationId().value())
                .add(event.correlationId())
                .add(event.actor())
                .add(ChronoUnit.MICROS.between(Instant.EPOCH, event.occurredAt()))
                .add(event.traceparent())
                .add(event.causedBy());
    }

    public StreamId streamId() {
        return event.streamId();
    }

    public long version() {
        return event.version();
    }
}
