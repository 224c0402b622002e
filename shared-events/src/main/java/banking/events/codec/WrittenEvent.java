package banking.events.codec;

import banking.events.CommandId;
import banking.events.Envelope;
import banking.events.StreamId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event in its written form, as the journal keeps it and the topics carry it: all of an {@link
 * Envelope}, the event itself still as JSON. It may be of a type or version this program does not
 * know, and still says which aggregate it belongs to.
 *
 * @param type the event's record's simple name
 * @param schemaVersion the version of the payload's shape, from 1
 * @param payload the event as one line of JSON
 */
public record WrittenEvent(
        StreamId streamId,
        long version,
        String type,
        int schemaVersion,
        String payload,
        String correlationId,
        CommandId causationId,
        String actor,
        Instant occurredAt,
        @Nullable String traceparent,
        @Nullable String causedBy) {

    /** The same event, written in another way. */
    WrittenEvent withPayload(String other) {
        return new WrittenEvent(
                streamId,
                version,
                type,
                schemaVersion,
                other,
                correlationId,
                causationId,
                actor,
                occurredAt,
                traceparent,
                causedBy);
    }

    /** Unique among all events, and the same however often the event is delivered. */
    public String id() {
        return Envelope.id(streamId, version);
    }
}
