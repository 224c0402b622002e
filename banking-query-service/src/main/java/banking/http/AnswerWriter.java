package banking.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.resteasy.reactive.jackson.runtime.serialisers.BasicServerJacksonMessageBodyWriter;
import jakarta.enterprise.inject.Instance;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Type;
import org.jboss.resteasy.reactive.server.spi.ServerRequestContext;

/**
 * Writes answers. One that cannot be written is a failure of ours and goes the way of all others:
 * 500, and its cause in the log. Jackson's own exception would be taken for a caller's malformed
 * JSON, or, being an {@link IOException}, for a caller who has gone, of whom the log says nothing.
 */
@Provider
@Produces(MediaType.APPLICATION_JSON)
public class AnswerWriter extends BasicServerJacksonMessageBodyWriter {

    AnswerWriter(Instance<ObjectMapper> json) {
        super(json);
    }

    @Override
    public void writeResponse(Object answer, Type type, ServerRequestContext request)
            throws IOException {
        try {
            super.writeResponse(answer, type, request);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("an answer cannot be written", e);
        }
    }
}
