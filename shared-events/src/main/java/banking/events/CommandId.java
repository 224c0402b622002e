package banking.events;

import static java.util.Objects.requireNonNull;

import java.util.UUID;

/** Names one command; the same command given again has the same id, and one effect. */
public record CommandId(UUID value) {

    public CommandId {
        requireNonNull(value);
    }

    /**
     * @throws MalformedIdException when the text is not a UUID in its canonical form
     */
    public static CommandId fromString(String text) {
        return new CommandId(CanonicalUuid.of(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
