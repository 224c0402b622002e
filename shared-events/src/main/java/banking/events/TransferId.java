package banking.events;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/** Names one transfer, in the streams of both of its accounts. */
public record TransferId(@JsonValue UUID value) {

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public TransferId {
        requireNonNull(value);
    }

    /**
     * @throws MalformedIdException when the text is not a UUID in its canonical form
     */
    public static TransferId fromString(String text) {
        return new TransferId(CanonicalUuid.of(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
