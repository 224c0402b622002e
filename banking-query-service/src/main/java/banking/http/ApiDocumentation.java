package banking.http;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.examples.Example;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.IndexView;

/**
 * Puts into the OpenAPI document what its operations can be refused for, and examples. It runs
 * where the service is built, and in no image: so it may look for the refusals by reflection.
 */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public class ApiDocumentation implements OASFilter {

    private static final String PROBLEM = "Problem";
    private static final String DETAIL = "What it is this time.";

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
        var operations = OperationFacts.of(document);
        operations.stream()
                .map(OperationFacts::tag)
                .distinct()
                .sorted()
                .forEach(tag -> document.addTag(OASFactory.createTag().name(tag)));
        var known = new TreeMap<String, Refusal>();
        for (var facts : operations) {
            var refusals = facts.refusals(all);
            known.putAll(refusals);
            complete(facts, refusals.values());
        }
        var components = document.getComponents();
        known.forEach((code, refusal) -> components.addExample(code, example(refusal)));
        components.removeSchema("HttpProblem");
        components.removeSchema("HttpValidationProblem");
        components.removeSchema("Violation");
        components.addSchema(PROBLEM, problem(List.copyOf(known.keySet())));
    }

    private static void complete(OperationFacts facts, Collection<Refusal> refusals) {
        var operation = facts.operation();
        operation.tags(List.of(facts.tag()));
        if (operation.getRequestBody() != null) {
            var example = facts.exampleOfTheBody();
            operation
                    .getRequestBody()
                    .getContent()
                    .getMediaTypes()
                    .values()
                    .forEach(type -> type.example(example));
        }
        refusals.stream()
                .collect(groupingBy(Refusal::status))
                .forEach(
                        (status, ofStatus) ->
                                operation
                                        .getResponses()
                                        .addAPIResponse(
                                                Integer.toString(status),
                                                response(status, ofStatus)));
    }

    private static APIResponse response(int status, List<Refusal> refusals) {
        var problem = OASFactory.createMediaType().schema(OASFactory.createSchema().ref(PROBLEM));
        refusals.forEach(
                refusal ->
                        problem.addExample(
                                refusal.code(), OASFactory.createExample().ref(refusal.code())));
        var response =
                OASFactory.createAPIResponse()
                        .description(
                                refusals.stream()
                                        .map(refusal -> refusal.code() + ": " + refusal.title())
                                        .collect(joining("; ")))
                        .content(
                                OASFactory.createContent()
                                        .addMediaType("application/problem+json", problem));
        return status == 429 || status == 503
                ? response.addHeader(
                        "Retry-After",
                        OASFactory.createHeader()
                                .description("After how many seconds it may be tried again")
                                .schema(of(SchemaType.INTEGER)))
                : response;
    }

    private static Example example(Refusal refusal) {
        var problem = Problems.of(refusal, DETAIL);
        var value = new TreeMap<String, Object>(problem.getParameters());
        value.put("type", String.valueOf(problem.getType()));
        value.put("title", refusal.title());
        value.put("status", refusal.status());
        value.put("detail", DETAIL);
        return OASFactory.createExample().summary(refusal.title()).value(value);
    }

    private static Schema problem(List<Object> codes) {
        var violation =
                of(SchemaType.OBJECT)
                        .addProperty("field", text("Where"))
                        .addProperty("message", text("What is wrong there"))
                        .required(List.of("field", "message"));
        return of(SchemaType.OBJECT)
                .description("A problem as RFC 9457 has it, with a stable code")
                .addProperty("type", text("urn:banking:problem: and the code").format("uri"))
                .addProperty("title", text("What kind of problem it is, for people"))
                .addProperty("status", of(SchemaType.INTEGER))
                .addProperty("detail", text("What it is this time, for people"))
                .addProperty(
                        "code", text("What kind of problem it is, for programs").enumeration(codes))
                .addProperty(
                        "violations",
                        of(SchemaType.ARRAY)
                                .description("All that is invalid, with invalid-request")
                                .items(violation))
                .required(List.of("type", "title", "status", "detail", "code"));
    }

    private static Schema text(String description) {
        return of(SchemaType.STRING).description(description);
    }

    private static Schema of(SchemaType type) {
        return OASFactory.createSchema().addType(type);
    }
}
