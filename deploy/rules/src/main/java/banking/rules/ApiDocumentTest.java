package banking.rules;

import static banking.rules.ApiDocument.media;
import static banking.rules.ApiDocument.object;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;

import banking.rules.ApiDocument.Operation;
import io.openapiparser.OpenApiParser;
import io.openapiparser.ValidationErrorTextBuilder;
import io.openapiprocessor.jackson.JacksonConverter;
import io.openapiprocessor.jsonschema.reader.StringReader;
import io.openapiprocessor.jsonschema.schema.DocumentLoader;
import io.openapiprocessor.jsonschema.schema.DocumentStore;
import io.openapiprocessor.jsonschema.schema.SchemaStore;
import io.openapiprocessor.jsonschema.validator.Validator;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What a client can be generated from; a test of each service inherits it. */
public abstract class ApiDocumentTest {

    private static final Pattern NUMBERED = Pattern.compile(".*\\d");

    @Test
    void the_document_is_one_of_openapi() {
        var loader =
                new DocumentLoader(new StringReader(ApiDocument.text()), new JacksonConverter());
        var result = new OpenApiParser(new DocumentStore(), loader).parse(URI.create("memory:api"));
        var valid = result.validate(new Validator(), new SchemaStore(loader));

        var text = new ValidationErrorTextBuilder();
        var errors = result.getValidationErrors().stream().map(text::getText).toList();
        assertThat(String.join("\n", errors), valid, is(true));
    }

    @Test
    void a_client_can_be_generated_from_it() {
        var document = ApiDocument.read();
        var faults = new ArrayList<String>();
        var ids = new HashSet<String>();
        var tags =
                ApiDocument.list(document.said(), "tags").stream()
                        .filter(tag -> tag.containsKey("description"))
                        .map(tag -> tag.get("name"))
                        .toList();
        for (var operation : document.operations()) {
            check(operation, faults);
            if (!ids.add(operation.id())) {
                faults.add(operation + " has no operationId of its own");
            }
            if (!tags.containsAll((List<?>) operation.said().getOrDefault("tags", List.of("")))) {
                faults.add(operation + " has a tag that is not explained");
            }
        }
        document.schemas().keySet().stream()
                .filter(name -> NUMBERED.matcher(name).matches())
                .forEach(name -> faults.add("the schema " + name + " shares its name"));
        document.schemas().forEach((name, schema) -> checkExamples(name, object(schema), faults));
        assertThat(faults, empty());
    }

    /** A problem's are with the refusals; what is an event's own or a list is told by its parts. */
    private static void checkExamples(
            String name, Map<String, Object> schema, List<String> faults) {
        object(schema, "properties")
                .forEach(
                        (member, said) -> {
                            var about = object(said);
                            var isTold =
                                    about.containsKey("examples")
                                            || about.containsKey("$ref")
                                            || about.containsKey("enum")
                                            || !about.containsKey("type")
                                            || about.get("type").toString().contains("array")
                                            || about.get("type").toString().contains("object");
                            if (!isTold && !name.equals("Problem")) {
                                faults.add(name + "." + member + " has no example");
                            }
                        });
    }

    private static void check(Operation operation, List<String> faults) {
        Map<String, Predicate<Operation>> rules =
                Map.of(
                        "has no summary",
                        o -> o.said().containsKey("summary"),
                        "does not say who may call it",
                        o -> !o.roles().isEmpty(),
                        "has a body with a member without an example",
                        o -> o.examplesOfTheMembers().keySet().equals(o.members().keySet()),
                        "has an answer without a schema",
                        o -> o.responses().entrySet().stream().allMatch(ApiDocumentTest::isSaid),
                        "has a problem that is none",
                        o ->
                                o.responses().entrySet().stream()
                                        .allMatch(ApiDocumentTest::isProblem));
        rules.forEach(
                (fault, rule) -> {
                    if (!rule.test(operation)) {
                        faults.add(operation + " " + fault);
                    }
                });
    }

    private static boolean isSaid(Map.Entry<String, Object> response) {
        return response.getKey().equals("304")
                || (media(response.getValue()).findAny().isPresent()
                        && media(response.getValue())
                                .allMatch(media -> media.containsKey("schema")));
    }

    private static boolean isProblem(Map.Entry<String, Object> response) {
        return response.getKey().compareTo("400") < 0
                || object(object(response.getValue()), "content")
                        .keySet()
                        .equals(Set.of("application/problem+json"));
    }
}
