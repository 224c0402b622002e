package banking.http;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.Schema;

/** Puts the catalogue of problems into the OpenAPI document, for every operation. */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public class ProblemDocumentation implements OASFilter {

    private static final String PROBLEM = "Problem";

    @Override
    public void filterOpenAPI(OpenAPI document) {
        document.getComponents().addSchema(PROBLEM, problem());
        var byStatus = byStatus();
        document.getPaths().getPathItems().values().stream()
                .flatMap(path -> path.getOperations().values().stream())
                .forEach(operation -> document(operation, byStatus));
    }

    private static Schema problem() {
        return OASFactory.createSchema()
                .description("A problem as RFC 9457 has it, with a stable code")
                .addType(Schema.SchemaType.OBJECT)
                .addProperty("type", text("urn:banking:problem: and the code"))
                .addProperty("title", text("What kind of problem it is, for people"))
                .addProperty("status", OASFactory.createSchema().addType(Schema.SchemaType.INTEGER))
                .addProperty("detail", text("What went wrong this time, for people"))
                .addProperty(
                        "code",
                        text("What kind of problem it is, for programs")
                                .enumeration(
                                        Arrays.stream(ProblemCode.values())
                                                .<Object>map(ProblemCode::code)
                                                .toList()));
    }

    private static Schema text(String description) {
        return OASFactory.createSchema().addType(Schema.SchemaType.STRING).description(description);
    }

    private static Map<String, List<ProblemCode>> byStatus() {
        return Arrays.stream(ProblemCode.values())
                .collect(
                        Collectors.groupingBy(
                                code -> Integer.toString(code.status()),
                                LinkedHashMap::new,
                                Collectors.toList()));
    }

    /** An operation's own description of a status stays; all get the problem's form. */
    private static void document(Operation operation, Map<String, List<ProblemCode>> byStatus) {
        byStatus.forEach(
                (status, codes) -> {
                    var response = operation.getResponses().getAPIResponse(status);
                    if (response == null) {
                        response = OASFactory.createAPIResponse().description(describe(codes));
                        operation.getResponses().addAPIResponse(status, response);
                    }
                    response.content(content());
                });
    }

    private static String describe(List<ProblemCode> codes) {
        return codes.stream()
                .map(code -> code.code() + ": " + code.title())
                .collect(Collectors.joining("; "));
    }

    private static Content content() {
        return OASFactory.createContent()
                .addMediaType(
                        "application/problem+json",
                        OASFactory.createMediaType()
                                .schema(OASFactory.createSchema().ref(PROBLEM)));
    }
}
