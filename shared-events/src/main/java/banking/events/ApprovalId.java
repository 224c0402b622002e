package banking.events;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/** Names what waits for a second pair of eyes. */
public record ApprovalId(@JsonValue UUID value) implements AggregateId<ApprovalEvent> {

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public ApprovalId {
        requireNonNull(value);
    }

    /**
     * @throws MalformedIdException when the text is not a UUID in its canonical form
     */
    public static ApprovalId fromString(String text) {
        return new ApprovalId(CanonicalUuid.of(text));
    }

    @Override
    public String kind() {
        return "approval";
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
