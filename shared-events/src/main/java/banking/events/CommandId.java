package banking.events;

import static java.util.Objects.requireNonNull;

import java.util.UUID;

/** Names one command; the same command given again has the same id, and one effect. */
public record CommandId(UUID value) {

    public CommandId {
        requireNonNull(value);
    }

    /**
     * @throws IllegalArgumentException when the text is not a UUID
     */
    public static CommandId parse(String text) {
        return new CommandId(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
