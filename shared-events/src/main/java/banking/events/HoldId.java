package banking.events;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/** Names one hold on an account's money. */
public record HoldId(@JsonValue UUID value) {

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public HoldId {
        requireNonNull(value);
    }

    /**
     * @throws MalformedIdException when the text is not a UUID in its canonical form
     */
    public static HoldId fromString(String text) {
        return new HoldId(CanonicalUuid.of(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
