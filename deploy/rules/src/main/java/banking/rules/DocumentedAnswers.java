package banking.rules;

import io.quarkiverse.resteasy.problem.HttpProblem;
import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ResourceInfo;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/**
 * Holds every answer of every test to the service's own document: a refusal that its operation does
 * not name there fails the request, and so the test.
 */
@Singleton
public class DocumentedAnswers {

    /** The codes by the ids of the operations, which are the names of their methods. */
    private final Map<String, Set<String>> codes = new HashMap<>();

    DocumentedAnswers() {
        for (var operation : ApiDocument.built().operations()) {
            codes.put(operation.id(), operation.problems());
        }
    }

    @ServerResponseFilter
    public void check(ContainerResponseContext response, ResourceInfo endpoint) {
        var method = endpoint.getResourceMethod();
        var known = method == null ? null : codes.get(method.getName());
        if (known != null
                && response.getEntity() instanceof HttpProblem problem
                && !known.contains(String.valueOf(problem.getParameters().get("code")))) {
            throw new IllegalStateException(
                    method.getName() + " does not document " + problem.getParameters());
        }
    }
}
