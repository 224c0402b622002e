package banking.http;

import static banking.http.ProblemCode.CROSS_SITE_REQUEST;
import static banking.http.ProblemCode.INVALID_REQUEST;
import static banking.http.ProblemCode.PAYLOAD_TOO_LARGE;
import static banking.http.ProblemCode.UNSUPPORTED_MEDIA_TYPE;
import static java.util.Objects.requireNonNull;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem.HttpMethod;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.parameters.Parameter.In;
import org.jspecify.annotations.Nullable;

/**
 * What can be seen of an operation, and what it can be refused for by that. A test asks each
 * operation for all of it.
 */
record OperationFacts(HttpMethod method, Operation operation, Components components) {

    private static final String ID = "Id";

    private static final List<Refusal> OF_ANY =
            List.of(
                    ProblemCode.MALFORMED_REQUEST,
                    ProblemCode.NOT_AUTHENTICATED,
                    ProblemCode.NOT_PERMITTED,
                    ProblemCode.NOT_ACCEPTABLE,
                    ProblemCode.TOO_MANY_TRIES,
                    ProblemCode.TOO_MANY_REQUESTS,
                    ProblemCode.INTERNAL_ERROR,
                    ProblemCode.OVERLOADED,
                    ProblemCode.STOPPING,
                    ProblemCode.UNAVAILABLE);

    /**
     * @param all that the service knows; those that answer a command or a parameter say so
     * @return by code, in their order
     */
    Map<String, Refusal> refusals(List<Refusal> all) {
        var refusals = new HashSet<>(OF_ANY);
        var hasBody = operation.getRequestBody() != null;
        if (method != HttpMethod.GET) {
            refusals.add(CROSS_SITE_REQUEST);
        }
        if (hasBody) {
            refusals.addAll(List.of(PAYLOAD_TOO_LARGE, UNSUPPORTED_MEDIA_TYPE));
        }
        if (hasBody || parameters().anyMatch(OperationFacts::isBounded)) {
            refusals.add(INVALID_REQUEST);
        }
        thingsNamed().map(Refusal::notFound).forEach(refusals::add);
        var causes = causes();
        all.stream()
                .filter(refusal -> refusal.terms().causes().stream().anyMatch(causes::contains))
                .forEach(refusals::add);
        var byCode = new TreeMap<String, Refusal>();
        refusals.forEach(refusal -> byCode.put(refusal.code(), refusal));
        return byCode;
    }

    /** An operation that gives a command has its name. */
    private Set<String> causes() {
        var causes = new HashSet<>(parameters().map(Parameter::getName).toList());
        var id = operation.getOperationId();
        causes.add(id.substring(0, 1).toUpperCase(Locale.ROOT) + id.substring(1));
        return causes;
    }

    /** Whatever a path names may not be there, and whatever a body names by its id. */
    private Stream<String> thingsNamed() {
        var ofPath = parameters().filter(p -> p.getIn() == In.PATH).map(Parameter::getName);
        return Stream.concat(ofPath, membersOfTheBody().filter(member -> member.endsWith(ID)))
                .map(name -> name.endsWith(ID) ? name.substring(0, name.length() - 2) : name)
                .map(name -> name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT));
    }

    private Stream<String> membersOfTheBody() {
        var body = operation.getRequestBody();
        if (body == null) {
            return Stream.of();
        }
        return body.getContent().getMediaTypes().values().stream()
                .map(type -> type.getSchema().getRef())
                .map(ref -> components.getSchemas().get(ref.substring(ref.lastIndexOf('/') + 1)))
                .map(schema -> requireNonNull(schema).getProperties())
                // A list has none.
                .filter(Objects::nonNull)
                .flatMap(members -> members.keySet().stream());
    }

    private Stream<Parameter> parameters() {
        var parameters = operation.getParameters();
        return parameters == null ? Stream.of() : parameters.stream();
    }

    private static boolean isBounded(Parameter parameter) {
        var schema = parameter.getSchema();
        return Stream.<@Nullable Object>of(
                        schema.getMinimum(),
                        schema.getMaximum(),
                        schema.getPattern(),
                        schema.getMaxLength())
                .anyMatch(Objects::nonNull);
    }
}
