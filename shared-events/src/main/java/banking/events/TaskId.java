package banking.events;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/** Names one task. */
public record TaskId(@JsonValue UUID value) implements AggregateId<TaskEvent> {

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public TaskId {
        requireNonNull(value);
    }

    /**
     * @throws MalformedIdException when the text is not a UUID in its canonical form
     */
    public static TaskId fromString(String text) {
        return new TaskId(CanonicalUuid.of(text));
    }

    @Override
    public String kind() {
        return "task";
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
