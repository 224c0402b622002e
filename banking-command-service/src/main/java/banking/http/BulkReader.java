package banking.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.MissingNode;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.MessageBodyReader;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads bulks: a JSON array, which is JSON as a whole or refused as a whole, or JSON Lines, each of
 * which stands for itself. What is beyond the most that is taken is not read.
 */
@Provider
@Consumes({MediaType.APPLICATION_JSON, BulkReader.LINES})
public class BulkReader implements MessageBodyReader<BulkBody> {

    static final String LINES = "application/x-ndjson";

    private static final int JUST_TOO_MANY = BulkBody.MOST_COMMANDS + 1;

    private final ObjectMapper json;
    private final ObjectReader elements;

    BulkReader(ObjectMapper json) {
        this.json = json;
        elements =
                json.readerFor(JsonNode.class)
                        .without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    }

    static boolean isLines(MediaType type) {
        return type.getSubtype().equals("x-ndjson");
    }

    @Override
    public boolean isReadable(Class<?> type, Type generic, Annotation[] notes, MediaType media) {
        return type == BulkBody.class;
    }

    @Override
    public BulkBody readFrom(
            Class<BulkBody> type,
            Type generic,
            Annotation[] notes,
            MediaType media,
            MultivaluedMap<String, String> headers,
            InputStream body)
            throws IOException {
        return new BulkBody(isLines(media) ? lines(body.readAllBytes()) : array(body));
    }

    private List<JsonNode> array(InputStream body) throws IOException {
        var commands = new ArrayList<JsonNode>();
        try (var parser = json.createParser(body)) {
            var first = parser.nextToken();
            if (first == null) {
                return commands;
            }
            if (first != JsonToken.START_ARRAY) {
                throw Problems.malformed("The body is not the JSON array that is expected here.");
            }
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                commands.add(elements.readValue(parser));
                if (commands.size() == JUST_TOO_MANY) {
                    return commands;
                }
            }
            if (parser.nextToken() != null) {
                throw Problems.malformed("There is more behind the JSON array.");
            }
        } catch (JsonProcessingException e) {
            throw Problems.malformed("The body is not JSON.");
        }
        return commands;
    }

    private List<JsonNode> lines(byte[] body) throws IOException {
        var commands = new ArrayList<JsonNode>();
        for (int begin = 0; begin < body.length && commands.size() < JUST_TOO_MANY; ) {
            int end = begin;
            while (end < body.length && body[end] != '\n') {
                end++;
            }
            if (!new String(body, begin, end - begin, UTF_8).isBlank()) {
                commands.add(line(body, begin, end - begin));
            }
            begin = end + 1;
        }
        return commands;
    }

    private JsonNode line(byte[] body, int begin, int length) throws IOException {
        try {
            return json.readTree(body, begin, length);
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }
}
