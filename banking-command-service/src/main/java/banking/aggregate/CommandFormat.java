package banking.aggregate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;

/** A command as JSON and back, where it is not given at once. */
public final class CommandFormat {

    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .addModule(new JavaTimeModule())
                    .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                    .build();

    private CommandFormat() {}

    public static String write(Object command) {
        try {
            return JSON.writeValueAsString(command);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a command cannot be written", e);
        }
    }

    /**
     * @param name of a command that aggregates of this type take
     * @throws IllegalStateException when they take no such command, or it cannot be read
     */
    public static <C> C read(AggregateType<?, C, ?> type, String name, String json) {
        var command =
                type.commands().stream()
                        .filter(known -> known.getSimpleName().equals(name))
                        .findFirst()
                        .orElseThrow(() -> new IllegalStateException("no command " + name));
        try {
            return JSON.readValue(json, command);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a command cannot be read", e);
        }
    }
}
