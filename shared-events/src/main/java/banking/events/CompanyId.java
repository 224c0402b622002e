package banking.events;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/** Names one company. */
public record CompanyId(@JsonValue UUID value) implements AggregateId<CompanyEvent> {

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public CompanyId {
        requireNonNull(value);
    }

    /**
     * @throws MalformedIdException when the text is not a UUID in its canonical form
     */
    public static CompanyId fromString(String text) {
        return new CompanyId(CanonicalUuid.of(text));
    }

    @Override
    public String kind() {
        return "company";
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
