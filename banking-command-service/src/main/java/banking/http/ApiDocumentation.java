package banking.http;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;

import banking.aggregate.Refusal;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.examples.Example;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.security.SecurityScheme;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.IndexView;

/**
 * Puts into the OpenAPI document what its operations can be refused for. It runs where the service
 * is built, and in no image: so it may look for the refusals by reflection.
 */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public class ApiDocumentation implements OASFilter {

    private static final String PROBLEM = "Problem";
    private static final String APPROVAL = "ApprovalAnswer";
    private static final String BASIC = "basic";
    private static final String BEARER = "bearer";

    /** What the library says of problems, which knows nothing of codes. */
    private static final List<String> OF_THE_LIBRARY =
            List.of("HttpProblem", "HttpValidationProblem", "Violation");

    private final List<Refusal> all;

    public ApiDocumentation(IndexView index) {
        all =
                index.getAllKnownImplementations(Refusal.class).stream()
                        .filter(ClassInfo::isEnum)
                        .map(type -> type.name().toString())
                        .sorted()
                        .flatMap(ApiDocumentation::constants)
                        .toList();
    }

    private static Stream<Refusal> constants(String type) {
        try {
            var loader = Thread.currentThread().getContextClassLoader();
            return Stream.of(loader.loadClass(type).getEnumConstants()).map(Refusal.class::cast);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void filterOpenAPI(OpenAPI document) {
        var components = document.getComponents();
        var known = new TreeMap<String, Refusal>();
        var tags = new TreeSet<String>();
        for (var path : document.getPaths().getPathItems().entrySet()) {
            var tag = path.getKey().split("/", 3)[1];
            tags.add(tag);
            for (var each : path.getValue().getOperations().entrySet()) {
                var operation = each.getValue().tags(List.of(tag));
                tellWhoMayCall(operation);
                var facts = new OperationFacts(each.getKey(), operation, components);
                var refusals = facts.refusals(all);
                known.putAll(refusals);
                refusals.values().stream()
                        .collect(groupingBy(refusal -> Integer.toString(refusal.status())))
                        .forEach(
                                (status, alike) ->
                                        operation
                                                .getResponses()
                                                .addAPIResponse(status, response(alike)));
            }
        }
        for (var tag : tags) {
            document.addTag(OASFactory.createTag().name(tag).description("All of /" + tag));
        }
        known.forEach((code, refusal) -> components.addExample(code, example(refusal)));
        components.addSecurityScheme(
                BEARER,
                OASFactory.createSecurityScheme()
                        .type(SecurityScheme.Type.HTTP)
                        .scheme(BEARER)
                        .bearerFormat("JWT")
                        .description("An access token of the configured issuer"));
        OF_THE_LIBRARY.forEach(components::removeSchema);
        components.getSchemas().values().forEach(ExampleAnswers::complete);
        components.addSchema(PROBLEM, problem(List.copyOf(known.keySet())));
    }

    /**
     * @throws IllegalStateException where nobody may call it; then the service is not built
     */
    private static void tellWhoMayCall(Operation operation) {
        var id = operation.getOperationId();
        var permission =
                Permitted.permission(id)
                        .orElseThrow(
                                () -> new IllegalStateException(id + " is not in the permissions"));
        if (permission.mayWait()) {
            tellThatItMayWait(operation);
        }
        var roles = permission.words();
        operation.setSecurity(
                Stream.of(BASIC, BEARER)
                        .map(way -> OASFactory.createSecurityRequirement().addScheme(way, roles))
                        .toList());
    }

    private static void tellThatItMayWait(Operation operation) {
        var responses = operation.getResponses();
        if (responses.hasAPIResponse("202")) {
            var accepted = responses.getAPIResponse("202");
            accepted.setDescription(
                    accepted.getDescription()
                            + "; or it waits until another has approved it, and the answer is that"
                            + " approval");
        } else {
            responses.addAPIResponse("202", waiting());
        }
    }

    private static APIResponse waiting() {
        var approval = OASFactory.createMediaType().schema(OASFactory.createSchema().ref(APPROVAL));
        return OASFactory.createAPIResponse()
                .description(
                        "Waits until another has approved it; Location tells what becomes of it")
                .content(OASFactory.createContent().addMediaType("application/json", approval));
    }

    private static APIResponse response(List<Refusal> refusals) {
        var problem = OASFactory.createMediaType().schema(OASFactory.createSchema().ref(PROBLEM));
        for (var refusal : refusals) {
            problem.addExample(refusal.code(), OASFactory.createExample().ref(refusal.code()));
        }
        return OASFactory.createAPIResponse()
                .description(refusals.stream().map(Refusal::title).collect(joining("; ")))
                .content(
                        OASFactory.createContent()
                                .addMediaType("application/problem+json", problem));
    }

    private static Example example(Refusal refusal) {
        var problem = Problems.of(refusal, "What it is this time.");
        var value = new TreeMap<String, Object>(problem.getParameters());
        value.put("type", String.valueOf(problem.getType()));
        value.put("title", refusal.title());
        value.put("status", refusal.status());
        value.put("detail", String.valueOf(problem.getDetail()));
        return OASFactory.createExample().summary(refusal.title()).value(value);
    }

    private static Schema problem(List<Object> codes) {
        var violation =
                of(SchemaType.OBJECT)
                        .addProperty("field", of(SchemaType.STRING))
                        .addProperty("message", of(SchemaType.STRING));
        return of(SchemaType.OBJECT)
                .description("A problem as RFC 9457 has it, with a code that programs can rely on")
                .addProperty("type", of(SchemaType.STRING).format("uri"))
                .addProperty("title", of(SchemaType.STRING))
                .addProperty("status", of(SchemaType.INTEGER))
                .addProperty("detail", of(SchemaType.STRING))
                .addProperty("code", of(SchemaType.STRING).enumeration(codes))
                .addProperty("violations", of(SchemaType.ARRAY).items(violation))
                .required(List.of("type", "title", "status", "detail", "code"));
    }

    private static Schema of(SchemaType type) {
        return OASFactory.createSchema().addType(type);
    }
}
