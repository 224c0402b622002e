package banking.events;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/** Names one customer. */
public record CustomerId(@JsonValue UUID value) implements AggregateId<CustomerEvent> {

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public CustomerId {
        requireNonNull(value);
    }

    /**
     * @throws MalformedIdException when the text is not a UUID in its canonical form
     */
    public static CustomerId fromString(String text) {
        return new CustomerId(CanonicalUuid.of(text));
    }

    @Override
    public String kind() {
        return "customer";
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
