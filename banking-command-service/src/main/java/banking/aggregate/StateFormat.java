package banking.aggregate;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.util.List;

/**
 * An aggregate's state as JSON and back. The states are a sealed type of records; which of them it
 * is stands in the member {@code state}.
 */
public final class StateFormat<S> {

    @JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "state")
    private interface NamedByItsRecord {}

    private final ObjectWriter writer;
    private final ObjectReader reader;

    /**
     * @param states every record that the type permits, by name: a native image cannot be asked for
     *     them
     */
    public StateFormat(Class<S> type, List<Class<? extends S>> states) {
        var json =
                JsonMapper.builder()
                        .addMixIn(type, NamedByItsRecord.class)
                        .addModule(new JavaTimeModule())
                        // Read back, what is not there is null.
                        .defaultPropertyInclusion(
                                JsonInclude.Value.construct(
                                        JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
                        .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                        .build();
        json.registerSubtypes(List.copyOf(states));
        writer = json.writerFor(type);
        reader = json.readerFor(type);
    }

    public String write(S state) {
        try {
            return writer.writeValueAsString(state);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a state cannot be written", e);
        }
    }

    public S read(String json) {
        try {
            return reader.readValue(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a state cannot be read", e);
        }
    }
}
