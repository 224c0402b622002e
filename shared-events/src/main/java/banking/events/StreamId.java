package banking.events;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/** Names one aggregate and so its stream of events; for an account it is the account's id. */
public record StreamId(@JsonValue UUID value) {

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public StreamId {
        requireNonNull(value);
    }

    /**
     * @throws IllegalArgumentException when the text is not a UUID
     */
    public static StreamId parse(String text) {
        return new StreamId(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
