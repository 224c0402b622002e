package banking.events;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event together with where it stands and where it came from.
 *
 * @param streamId the aggregate the event belongs to
 * @param version the event's position in its stream, from 1, without gaps
 * @param correlationId the same for everything that one request set off
 * @param causationId the command that made the event
 * @param actor who gave the command
 * @param occurredAt when the command was decided, UTC, in microseconds
 * @param traceparent the W3C Trace Context header of the request, where it came with one
 * @param causedBy the event that the command was given on account of, as {@link #id} names it; null
 *     where somebody asked for it
 */
public record Envelope<E extends Event>(
        StreamId streamId,
        long version,
        E event,
        String correlationId,
        CommandId causationId,
        String actor,
        Instant occurredAt,
        @Nullable String traceparent,
        @Nullable String causedBy) {

    public Envelope {
        if (version < 1) {
            throw new IllegalArgumentException("versions start at 1, not at " + version);
        }
    }

    /** Unique among all events, and the same however often the event is delivered. */
    public String id() {
        return id(streamId, version);
    }

    /** What the event at a place is called. */
    public static String id(StreamId streamId, long version) {
        return streamId + ":" + version;
    }

    /** The same, for those whose work is followed as another part of the trace. */
    public Envelope<E> under(@Nullable String part) {
        return new Envelope<>(
                streamId,
                version,
                event,
                correlationId,
                causationId,
                actor,
                occurredAt,
                part,
                causedBy);
    }

    /**
     * The same for those who know of which type the event is.
     *
     * @throws ClassCastException when it is of another
     */
    public <T extends Event> Envelope<T> as(Class<T> type) {
        return new Envelope<>(
                streamId,
                version,
                type.cast(event),
                correlationId,
                causationId,
                actor,
                occurredAt,
                traceparent,
                causedBy);
    }
}
