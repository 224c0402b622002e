package banking.http;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toMap;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem.HttpMethod;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.parameters.Parameter.In;
import org.jspecify.annotations.Nullable;

/**
 * What can be seen of an operation, and what it can be refused for by that. A test asks each
 * operation for all of it.
 */
record OperationFacts(String path, HttpMethod method, Operation operation, OpenAPI document) {

    private static final String ID = "Id";

    static List<OperationFacts> of(OpenAPI document) {
        return document.getPaths().getPathItems().entrySet().stream()
                .flatMap(
                        path ->
                                path.getValue().getOperations().entrySet().stream()
                                        .map(
                                                operation ->
                                                        new OperationFacts(
                                                                path.getKey(),
                                                                operation.getKey(),
                                                                operation.getValue(),
                                                                document)))
                .toList();
    }

    /** What the path begins with. */
    String tag() {
        return path.split("/", 3)[1];
    }

    /**
     * @param all that the service knows; those that answer a command or a parameter say so
     * @return by code, in their order
     */
    Map<String, Refusal> refusals(List<Refusal> all) {
        var causes = causes();
        var ofCauses =
                all.stream().filter(r -> r.terms().causes().stream().anyMatch(causes::contains));
        return Stream.of(
                        ofAnyRequest(),
                        ofWhatIsSent(),
                        namesOfThings().map(Refusal::notFound),
                        ofCauses)
                .flatMap(Function.identity())
                .collect(toMap(Refusal::code, r -> r, (_, last) -> last, TreeMap::new));
    }

    private static Stream<Refusal> ofAnyRequest() {
        return Stream.of(
                ProblemCode.MALFORMED_REQUEST,
                ProblemCode.NOT_AUTHENTICATED,
                ProblemCode.NOT_PERMITTED,
                ProblemCode.NOT_ACCEPTABLE,
                ProblemCode.TOO_MANY_TRIES,
                ProblemCode.INTERNAL_ERROR,
                ProblemCode.OVERLOADED,
                ProblemCode.STOPPING,
                ProblemCode.UNAVAILABLE);
    }

    private Stream<Refusal> ofWhatIsSent() {
        var hasBody = operation.getRequestBody() != null;
        return Stream.<Stream<Refusal>>of(
                        method == HttpMethod.GET
                                ? Stream.of()
                                : Stream.of(ProblemCode.CROSS_SITE_REQUEST),
                        hasBody
                                ? Stream.of(
                                        ProblemCode.PAYLOAD_TOO_LARGE,
                                        ProblemCode.UNSUPPORTED_MEDIA_TYPE)
                                : Stream.of(),
                        hasBody || parameters().anyMatch(OperationFacts::isBounded)
                                ? Stream.of(ProblemCode.INVALID_REQUEST)
                                : Stream.of())
                .flatMap(Function.identity());
    }

    /** An operation that gives a command has its name. */
    private Set<String> causes() {
        var name = operation.getOperationId();
        var command = name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
        return Stream.concat(Stream.of(command), parameters().map(Parameter::getName))
                .collect(Collectors.toSet());
    }

    /** Whatever a path names may not be there, and whatever a body names by its id. */
    private Stream<String> namesOfThings() {
        var ofPath = parameters().filter(p -> p.getIn() == In.PATH).map(Parameter::getName);
        return Stream.concat(ofPath, body().keySet().stream().filter(member -> member.endsWith(ID)))
                .map(name -> name.endsWith(ID) ? name.substring(0, name.length() - 2) : name)
                .map(name -> name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT));
    }

    /** Each member as its own example has it. */
    Map<String, Object> exampleOfTheBody() {
        var example = new TreeMap<String, Object>();
        body().forEach(
                        (member, schema) -> {
                            if (schema.getExamples() != null) {
                                example.put(member, schema.getExamples().getFirst());
                            }
                        });
        return example;
    }

    /** The members of the body. */
    private Map<String, Schema> body() {
        if (operation.getRequestBody() == null) {
            return Map.of();
        }
        var ref =
                operation
                        .getRequestBody()
                        .getContent()
                        .getMediaTypes()
                        .values()
                        .iterator()
                        .next()
                        .getSchema()
                        .getRef();
        var name = ref.substring(ref.lastIndexOf('/') + 1);
        return requireNonNull(document.getComponents().getSchemas().get(name)).getProperties();
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
