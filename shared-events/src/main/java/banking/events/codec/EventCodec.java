package banking.events.codec;

import banking.events.Envelope;
import banking.events.Event;
import banking.events.Topic;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Writes events as JSON and reads them back, whatever schema version they were written in. The
 * type's name is the record's simple name; its schema version is 1 plus the number of its {@link
 * Upcaster}s, so a payload's shape never changes without an upcaster for the shape it had.
 */
public final class EventCodec {

    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
                    .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                    .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                    .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                    // What may be null says so; what is empty is no id.
                    .defaultSetterInfo(JsonSetter.Value.forValueNulls(Nulls.FAIL))
                    .withCoercionConfigDefaults(
                            c -> c.setCoercion(CoercionInputShape.EmptyString, CoercionAction.Fail))
                    .addModule(new JavaTimeModule())
                    .addModule(InstantText.module())
                    .build();

    /** What the journal and the topics are written with. */
    public static final EventCodec STANDARD =
            new EventCodec(
                    List.of(
                            // Accounts were opened before there were customers to own them.
                            new Upcaster("AccountOpened", 1, json -> json.putNull("customerId")),
                            // Money left accounts before there were limits to count it against.
                            uncounted("MoneyWithdrawn"),
                            uncounted("TransferRequested"),
                            uncounted("HoldPlaced")));

    private static Upcaster uncounted(String type) {
        return new Upcaster(type, 1, json -> json.putNull("countedOn"));
    }

    private record Type(
            String topic,
            int schemaVersion,
            ObjectWriter writer,
            ObjectReader reader,
            List<UnaryOperator<ObjectNode>> upcasts) {}

    private final Map<String, Type> types;

    /**
     * @throws IllegalArgumentException when the upcasters of a type leave out a version
     */
    public EventCodec(List<Upcaster> upcasters) {
        var types = new HashMap<String, Type>();
        EventTypes.ALL.forEach(c -> types.put(c.getSimpleName(), typeOf(c, upcasters)));
        this.types = Map.copyOf(types);
    }

    private static Type typeOf(Class<? extends Event> event, List<Upcaster> upcasters) {
        var ofThisType =
                upcasters.stream()
                        .filter(u -> u.type().equals(event.getSimpleName()))
                        .sorted(Comparator.comparingInt(Upcaster::fromVersion))
                        .toList();
        for (int i = 0; i < ofThisType.size(); i++) {
            if (ofThisType.get(i).fromVersion() != i + 1) {
                throw new IllegalArgumentException(event + " needs one upcaster from " + (i + 1));
            }
        }
        return new Type(
                Topic.of(event),
                ofThisType.size() + 1,
                JSON.writerFor(event),
                JSON.readerFor(event),
                ofThisType.stream().map(Upcaster::upcast).toList());
    }

    public WrittenEvent write(Envelope<? extends Event> envelope) {
        var name = envelope.event().getClass().getSimpleName();
        var type = type(name);
        try {
            return new WrittenEvent(
                    envelope.streamId(),
                    envelope.version(),
                    name,
                    type.schemaVersion,
                    type.writer.writeValueAsString(envelope.event()),
                    envelope.correlationId(),
                    envelope.causationId(),
                    envelope.actor(),
                    envelope.occurredAt(),
                    envelope.traceparent(),
                    envelope.causedBy());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an event cannot be written: " + name, e);
        }
    }

    /**
     * Reads an event. What of it is sealed is read as erased: who has the key opens it before.
     *
     * @throws UnreadableEventException when the type is unknown, the schema version is newer than
     *     this program's, or the payload does not fit
     */
    public Envelope<Event> read(WrittenEvent written) {
        return new Envelope<>(
                written.streamId(),
                written.version(),
                event(PersonalData.open(written, null)),
                written.correlationId(),
                written.causationId(),
                written.actor(),
                written.occurredAt(),
                written.traceparent(),
                written.causedBy());
    }

    /** What the event's type is called on the wire and in the journal. */
    public static String typeName(Class<? extends Event> event) {
        return event.getSimpleName();
    }

    /** The topic that this event travels on. */
    public String topic(WrittenEvent written) {
        return type(written.type()).topic;
    }

    private Event event(WrittenEvent written) {
        var type = type(written.type());
        if (written.schemaVersion() < 1 || written.schemaVersion() > type.schemaVersion) {
            throw new UnreadableEventException(
                    written.type() + " has no schema version " + written.schemaVersion() + " here");
        }
        try {
            if (written.schemaVersion() == type.schemaVersion) {
                return type.reader.readValue(written.payload());
            }
            JsonNode json = JSON.readTree(written.payload());
            for (var upcast :
                    type.upcasts.subList(written.schemaVersion() - 1, type.upcasts.size())) {
                json = upcast.apply((ObjectNode) json);
            }
            return type.reader.readValue(json);
        } catch (IOException | RuntimeException e) {
            throw new UnreadableEventException(
                    "not a " + written.type() + ": " + e.getMessage(), e);
        }
    }

    private Type type(String name) {
        var type = types.get(name);
        if (type == null) {
            throw new UnreadableEventException("unknown event type " + name);
        }
        return type;
    }
}
