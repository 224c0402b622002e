package banking.events.codec;

import banking.events.CommandId;
import banking.events.StreamId;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The headers of an event on Kafka: CloudEvents 1.0 in binary mode, as its Kafka protocol binding
 * 1.0.2 says (attributes as {@code ce_…}, the payload as the record's value). Beside the standard
 * attributes travel {@code ce_streamversion}, {@code ce_schemaversion}, {@code ce_correlationid},
 * {@code ce_causationid}, {@code ce_actor}, W3C Trace Context's {@code traceparent}, {@code
 * ce_causedby} with the id of the event that led to this one, if one did, and the event's place in
 * its stream's hash chain: {@code ce_hash} and, but for the first of a stream, {@code
 * ce_previoushash}, both in Base64 as CloudEvents writes what is binary.
 */
public final class CloudEvent {

    private static final String SPEC_VERSION = "1.0";
    private static final String SOURCE = "/banking-command-service";
    private static final String TYPE_PREFIX = "banking.";
    private static final String TIME = "ce_time";
    private static final String CAUSED_BY = "ce_causedby";
    private static final String HASH = "ce_hash";
    private static final String PREVIOUS_HASH = "ce_previoushash";
    private static final Base64.Encoder BASE64 = Base64.getEncoder();

    /** The Kafka client gives header values as bytes and takes them so. */
    private static byte[] bytes(String value) {
        return value.getBytes(StandardCharsets.UTF_8);
    }

    private static final byte[] SPEC_VERSION_BYTES = bytes(SPEC_VERSION);
    private static final byte[] SOURCE_BYTES = bytes(SOURCE);
    private static final byte[] CONTENT_TYPE_BYTES = bytes("application/json");

    private CloudEvent() {}

    /** Hands every header of the event to {@code headers}. */
    public static void writeHeaders(RecordedEvent recorded, BiConsumer<String, byte[]> headers) {
        var event = recorded.event();
        writeHeaders(event.id(), event.type(), event.occurredAt(), headers);
        headers.accept("ce_subject", bytes(event.streamId().toString()));
        headers.accept("content-type", CONTENT_TYPE_BYTES);
        headers.accept("ce_streamversion", bytes(Long.toString(event.version())));
        headers.accept("ce_schemaversion", bytes(Integer.toString(event.schemaVersion())));
        headers.accept("ce_correlationid", bytes(event.correlationId()));
        headers.accept("ce_causationid", bytes(event.causationId().toString()));
        headers.accept("ce_actor", bytes(event.actor()));
        if (event.traceparent() != null) {
            headers.accept("traceparent", bytes(event.traceparent()));
        }
        if (event.causedBy() != null) {
            headers.accept(CAUSED_BY, bytes(event.causedBy()));
        }
        headers.accept(HASH, BASE64.encode(recorded.hash().toBytes()));
        if (!recorded.previous().equals(Sha256.NONE)) {
            headers.accept(PREVIOUS_HASH, BASE64.encode(recorded.previous().toBytes()));
        }
    }

    /** What every record has. */
    static void writeHeaders(
            String id, String type, Instant time, BiConsumer<String, byte[]> headers) {
        headers.accept("ce_specversion", SPEC_VERSION_BYTES);
        headers.accept("ce_id", bytes(id));
        headers.accept("ce_source", SOURCE_BYTES);
        headers.accept("ce_type", bytes(TYPE_PREFIX + type));
        headers.accept(TIME, bytes(time.toString()));
    }

    /** When a record's event has happened; null where the record does not say it. */
    public static @Nullable Instant time(Function<String, byte @Nullable []> headers) {
        var time = headers.apply(TIME);
        try {
            return time == null ? null : Instant.parse(new String(time, StandardCharsets.UTF_8));
        } catch (DateTimeException e) {
            return null;
        }
    }

    /**
     * The event's type, for who wants to know no more.
     *
     * @return null where the record says none of the bank's
     */
    public static @Nullable String type(Function<String, byte @Nullable []> headers) {
        var header = headers.apply("ce_type");
        var type = header == null ? "" : new String(header, StandardCharsets.UTF_8);
        return type.startsWith(TYPE_PREFIX) ? type.substring(TYPE_PREFIX.length()) : null;
    }

    /**
     * Reads a record back; the payload is not looked into.
     *
     * @param headers gives a header's value, or null where the record has none of that name
     * @throws UnreadableEventException when a header is missing or malformed
     */
    public static WrittenEvent read(Function<String, byte @Nullable []> headers, byte[] payload) {
        try {
            if (!SPEC_VERSION.equals(header(headers, "ce_specversion"))) {
                throw new UnreadableEventException("not CloudEvents " + SPEC_VERSION);
            }
            var type = header(headers, "ce_type");
            if (!type.startsWith(TYPE_PREFIX)) {
                throw new UnreadableEventException("not a type of the bank's: " + type);
            }
            return new WrittenEvent(
                    StreamId.fromString(header(headers, "ce_subject")),
                    Long.parseLong(header(headers, "ce_streamversion")),
                    type.substring(TYPE_PREFIX.length()),
                    Integer.parseInt(header(headers, "ce_schemaversion")),
                    new String(payload, StandardCharsets.UTF_8),
                    header(headers, "ce_correlationid"),
                    CommandId.fromString(header(headers, "ce_causationid")),
                    header(headers, "ce_actor"),
                    Instant.parse(header(headers, TIME)),
                    optional(headers, "traceparent"),
                    optional(headers, CAUSED_BY));
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new UnreadableEventException("a malformed header: " + e.getMessage(), e);
        }
    }

    /**
     * Reads a record back with its place in the chain, which is not looked into either.
     *
     * @throws UnreadableEventException when a header is missing or malformed
     */
    public static RecordedEvent readRecorded(
            Function<String, byte @Nullable []> headers, byte[] payload) {
        var hash = headers.apply(HASH);
        if (hash == null) {
            throw new UnreadableEventException("no header " + HASH);
        }
        var previous = headers.apply(PREVIOUS_HASH);
        return new RecordedEvent(
                read(headers, payload),
                previous == null ? Sha256.NONE : digest(PREVIOUS_HASH, previous),
                digest(HASH, hash));
    }

    private static Sha256 digest(String name, byte[] base64) {
        try {
            return Sha256.ofBytes(Base64.getDecoder().decode(base64));
        } catch (IllegalArgumentException e) {
            throw new UnreadableEventException("a malformed header: " + name, e);
        }
    }

    private static @Nullable String optional(
            Function<String, byte @Nullable []> headers, String name) {
        var value = headers.apply(name);
        return value == null ? null : new String(value, StandardCharsets.UTF_8);
    }

    private static String header(Function<String, byte @Nullable []> headers, String name) {
        var value = optional(headers, name);
        if (value == null) {
            throw new UnreadableEventException("no header " + name);
        }
        return value;
    }
}
