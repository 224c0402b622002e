package banking.events;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/** Names one account. */
public record AccountId(@JsonValue UUID value) implements AggregateId<AccountEvent> {

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public AccountId {
        requireNonNull(value);
    }

    /**
     * @throws MalformedIdException when the text is not a UUID in its canonical form
     */
    public static AccountId fromString(String text) {
        return new AccountId(CanonicalUuid.of(text));
    }

    @Override
    public String kind() {
        return "account";
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
