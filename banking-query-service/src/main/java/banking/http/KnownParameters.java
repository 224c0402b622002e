package banking.http;

import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.UriInfo;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Refuses a query parameter that the endpoint does not know: a condition with a slip in its name
 * would be answered as if it were not there. The same goes for one that comes twice, of which only
 * one would count.
 */
@ApplicationScoped
class KnownParameters {

    private final Map<Method, Set<String>> known = new ConcurrentHashMap<>();

    /**
     * @throws io.quarkiverse.resteasy.problem.HttpProblem {@code malformed-request}
     */
    @ServerRequestFilter
    public void refuseOthers(HttpServerRequest request, UriInfo uri, ResourceInfo resource) {
        if (request.query() == null) {
            return;
        }
        var names =
                known.computeIfAbsent(resource.getResourceMethod(), KnownParameters::parameters);
        var given = uri.getQueryParameters();
        if (!names.containsAll(given.keySet())
                || given.values().stream().anyMatch(values -> values.size() > 1)) {
            var detail =
                    names.isEmpty()
                            ? "There are no parameters here."
                            : "The parameters here are, once each: " + String.join(", ", names);
            throw Problems.malformed(detail);
        }
    }

    private static Set<String> parameters(Method endpoint) {
        return Arrays.stream(endpoint.getParameters())
                .filter(parameter -> parameter.isAnnotationPresent(QueryParam.class))
                .map(parameter -> parameter.getAnnotation(QueryParam.class).value())
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
