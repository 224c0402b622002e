package banking.events;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/** Names one employee. */
public record EmployeeId(@JsonValue UUID value) implements AggregateId<EmployeeEvent> {

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public EmployeeId {
        requireNonNull(value);
    }

    /**
     * @throws MalformedIdException when the text is not a UUID in its canonical form
     */
    public static EmployeeId fromString(String text) {
        return new EmployeeId(CanonicalUuid.of(text));
    }

    @Override
    public String kind() {
        return "employee";
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
