package banking.events.codec;

import banking.events.AccountEvent;
import banking.events.AccountEvent.AccountOpened;
import banking.events.ApprovalEvent;
import banking.events.CompanyEvent;
import banking.events.CustomerEvent;
import banking.events.CustomerEvent.CustomerEmailChanged;
import banking.events.CustomerEvent.CustomerErased;
import banking.events.CustomerEvent.CustomerRegistered;
import banking.events.CustomerId;
import banking.events.EmployeeEvent;
import banking.events.Event;
import banking.events.StreamId;
import banking.events.TaskEvent;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What of a written event tells who a customer is. It is written as <code>{"sealed":…}</code>,
 * encrypted with a key of the customer's; who has not the key reads {@link #ERASED} in its place.
 * Of an e-mail address the domain stays legible: a company's customers are counted by it. Sealing
 * is no matter of the schema's version, which says how an event is written once it is opened.
 */
public final class PersonalData {

    /** What is read where nobody can say any more what there was. */
    public static final String ERASED = "[erased]";

    private static final String SEALED = "sealed";
    private static final String DOMAIN = "domain";

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private enum Kind {
        NAME,
        ADDRESS
    }

    private record Field(String name, Kind kind) {}

    private static final Map<String, List<Field>> FIELDS =
            Map.of(
                    "CustomerRegistered",
                    List.of(new Field("name", Kind.NAME), new Field("email", Kind.ADDRESS)),
                    "CustomerEmailChanged",
                    List.of(new Field("previous", Kind.ADDRESS), new Field("email", Kind.ADDRESS)),
                    "AccountOpened",
                    List.of(new Field("owner", Kind.NAME)));

    private PersonalData() {}

    /** The customer of whom an event tells that much; null for nearly all events. */
    public static @Nullable CustomerId in(Event event, StreamId stream) {
        return switch (event) {
            case AccountEvent account -> account instanceof AccountOpened o ? o.customerId() : null;
            case CustomerEvent customer ->
                    switch (customer) {
                        case CustomerRegistered _, CustomerEmailChanged _ ->
                                new CustomerId(stream.value());
                        case CustomerErased _ -> null;
                    };
            case CompanyEvent _, TaskEvent _, EmployeeEvent _, ApprovalEvent _ -> null;
        };
    }

    /** The customer whose key opens the event; null where nothing of it is sealed. */
    public static @Nullable CustomerId sealedIn(WrittenEvent event) {
        if (!isSealed(event)) {
            return null;
        }
        var customer = tree(event).path("customerId");
        return customer.isTextual()
                ? CustomerId.fromString(customer.textValue())
                : new CustomerId(event.streamId().value());
    }

    /** The customer whose key is to be published before the event, or withdrawn; null for none. */
    public static @Nullable CustomerId keyOf(WrittenEvent event) {
        return event.type().equals("CustomerErased")
                ? new CustomerId(event.streamId().value())
                : sealedIn(event);
    }

    /** The event as the journal and the topics have it. */
    public static WrittenEvent seal(WrittenEvent event, PersonalKey key) {
        return changed(
                event,
                (field, value) -> {
                    if (!value.isTextual()) {
                        return value;
                    }
                    var encrypted =
                            key.encrypt(
                                    value.textValue().getBytes(StandardCharsets.UTF_8),
                                    about(event, field));
                    var sealed = JsonNodeFactory.instance.objectNode();
                    sealed.put(SEALED, Base64.getEncoder().encodeToString(encrypted));
                    if (field.kind == Kind.ADDRESS) {
                        var address = value.textValue();
                        sealed.put(DOMAIN, address.substring(address.lastIndexOf('@') + 1));
                    }
                    return sealed;
                });
    }

    /**
     * The event as it was before it was sealed.
     *
     * @param key null where there is none any more
     */
    public static WrittenEvent open(WrittenEvent event, @Nullable PersonalKey key) {
        if (!isSealed(event)) {
            return event;
        }
        return changed(
                event,
                (field, value) ->
                        value instanceof ObjectNode sealed && sealed.has(SEALED)
                                ? JsonNodeFactory.instance.textNode(
                                        opened(event, field, sealed, key))
                                : value);
    }

    private static boolean isSealed(WrittenEvent event) {
        return FIELDS.containsKey(event.type()) && event.payload().contains("{\"" + SEALED + "\":");
    }

    private static String opened(
            WrittenEvent event, Field field, ObjectNode sealed, @Nullable PersonalKey key) {
        var plain = key == null ? null : decrypt(event, field, sealed, key);
        if (plain != null) {
            return plain;
        }
        return field.kind == Kind.NAME ? ERASED : erasedAt(sealed.path(DOMAIN).asText());
    }

    /** An address of which nothing but the domain is known. */
    private static String erasedAt(String domain) {
        return "erased@" + domain;
    }

    private static @Nullable String decrypt(
            WrittenEvent event, Field field, ObjectNode sealed, PersonalKey key) {
        try {
            return key.decrypt(
                            Base64.getDecoder().decode(sealed.path(SEALED).asText()),
                            about(event, field))
                    .map(plain -> new String(plain, StandardCharsets.UTF_8))
                    .orElse(null);
        } catch (IllegalArgumentException e) {
            throw new UnreadableEventException("sealed, but not in Base64", e);
        }
    }

    /** So that nothing that is sealed can be put in another's place. */
    private static byte[] about(WrittenEvent event, Field field) {
        return (event.id() + "/" + field.name).getBytes(StandardCharsets.UTF_8);
    }

    private interface Change {
        JsonNode of(Field field, JsonNode value);
    }

    private static WrittenEvent changed(WrittenEvent event, Change change) {
        var payload = tree(event);
        for (var field : FIELDS.getOrDefault(event.type(), List.of())) {
            var value = payload.get(field.name);
            if (value != null) {
                payload.set(field.name, change.of(field, value));
            }
        }
        try {
            return event.withPayload(JSON.writeValueAsString(payload));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what was read as JSON cannot be written", e);
        }
    }

    private static ObjectNode tree(WrittenEvent event) {
        try {
            if (JSON.readTree(event.payload()) instanceof ObjectNode payload) {
                return payload;
            }
            throw new UnreadableEventException("not a " + event.type());
        } catch (JsonProcessingException e) {
            throw new UnreadableEventException("not a " + event.type() + ": no JSON", e);
        }
    }
}
