package banking.events;

import static java.util.Objects.requireNonNull;

import java.util.UUID;

/** Names one stream of events, whatever kind of aggregate it is of; no event says it. */
public record StreamId(UUID value) {

    public StreamId {
        requireNonNull(value);
    }

    /**
     * @throws MalformedIdException when the text is not a UUID in its canonical form
     */
    public static StreamId fromString(String text) {
        return new StreamId(CanonicalUuid.of(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
