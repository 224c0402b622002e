package banking.events.codec;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;

/**
 * Reads an instant from its text alone, as in {@code 2026-02-03T04:05:06Z}. Jackson takes a number
 * for one as well, and digits in a string, of which nobody knows whether they are seconds.
 */
public final class InstantText extends StdScalarDeserializer<Instant> {

    private static final long serialVersionUID = 1;

    private InstantText() {
        super(Instant.class);
    }

    /** What a mapper learns it from; it must come after Jackson's own module for times. */
    public static SimpleModule module() {
        return new SimpleModule(InstantText.class.getName())
                .addDeserializer(Instant.class, new InstantText());
    }

    @Override
    public Instant deserialize(JsonParser json, DeserializationContext context) throws IOException {
        if (!json.hasToken(JsonToken.VALUE_STRING)) {
            return (Instant) context.handleUnexpectedToken(Instant.class, json);
        }
        try {
            return Instant.parse(json.getText());
        } catch (DateTimeException e) {
            return (Instant)
                    context.handleWeirdStringValue(Instant.class, json.getText(), "no instant");
        }
    }
}
