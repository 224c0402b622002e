package banking.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.util.ClassPathUtils;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;

/**
 * Lets no service start that has an operation which the permissions do not name. Nobody could call
 * it; whoever has added it is to say who may.
 */
@ApplicationScoped
class PermittedOperations {

    /** As the service's build has left it, of all that can be called. */
    private static final String DOCUMENT = "META-INF/quarkus-generated-openapi-doc.JSON";

    private final ObjectMapper json;

    PermittedOperations(ObjectMapper json) {
        this.json = json;
    }

    void start(@Observes StartupEvent event) {
        var documents = new ArrayList<JsonNode>();
        try {
            ClassPathUtils.consumeAsStreams(DOCUMENT, document -> documents.add(read(document)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (documents.isEmpty()) {
            throw new IllegalStateException(DOCUMENT + " is missing");
        }
        documents.forEach(PermittedOperations::check);
    }

    private JsonNode read(InputStream document) {
        try {
            return json.readTree(document);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * @throws IllegalStateException for an operation that nobody may call, and for no operations
     */
    static void check(JsonNode document) {
        var operations = document.path("paths").findValuesAsText("operationId");
        if (operations.isEmpty()) {
            throw new IllegalStateException("the document of the API has no operations");
        }
        for (var operation : operations) {
            if (Permitted.permission(operation).isEmpty()) {
                throw new IllegalStateException(operation + " is not in the permissions");
            }
        }
    }
}
