package banking.rules;

import static io.restassured.RestAssured.given;

import io.restassured.path.json.JsonPath;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the service under test says of its API. */
final class ApiDocument {

    private static final Set<String> METHODS = Set.of("get", "post", "put", "delete", "patch");

    private static final String BUILT = "META-INF/quarkus-generated-openapi-doc.JSON";

    private final Map<String, Object> document;

    private ApiDocument(Map<String, Object> document) {
        this.document = document;
    }

    static String text() {
        return given().accept("application/json").get("/q/openapi").body().asString();
    }

    static ApiDocument read() {
        return new ApiDocument(JsonPath.from(text()).getMap(""));
    }

    /** As it was made when the service was built. */
    static ApiDocument built() {
        var built = Thread.currentThread().getContextClassLoader().getResource(BUILT);
        return new ApiDocument(JsonPath.from(Objects.requireNonNull(built)).getMap(""));
    }

    /** One way to call the service. */
    record Operation(
            String method, String path, Map<String, Object> said, Map<String, Object> schemas) {

        String id() {
            return String.valueOf(said.get("operationId"));
        }

        /** The codes of all problems that it can answer. */
        Set<String> problems() {
            return responses().entrySet().stream()
                    .filter(response -> response.getKey().compareTo("400") >= 0)
                    .flatMap(response -> media(response.getValue()))
                    .flatMap(media -> object(media, "examples").keySet().stream())
                    .collect(Collectors.toCollection(TreeSet::new));
        }

        Map<String, Object> responses() {
            return object(said, "responses");
        }

        /** Those who may call it, by whichever way they say who they are. */
        List<String> roles() {
            return list(said, "security").stream()
                    .flatMap(scheme -> scheme.values().stream())
                    .flatMap(roles -> ((List<?>) roles).stream())
                    .map(String::valueOf)
                    .distinct()
                    .toList();
        }

        List<Map<String, Object>> parameters() {
            return list(said, "parameters");
        }

        boolean takes(String parameter) {
            return parameters().stream().anyMatch(known -> parameter.equals(known.get("name")));
        }

        boolean hasBody() {
            return said.containsKey("requestBody");
        }

        /** A body as a caller may send it: these members, or a list with one such. */
        Object bodyOf(Map<String, Object> members) {
            return schemaOfTheBody().containsKey("items") ? List.of(members) : members;
        }

        /** Each member of the body, or of a list's element, as its example has it. */
        Map<String, Object> examplesOfTheMembers() {
            var example = new TreeMap<String, Object>();
            members()
                    .forEach(
                            (member, schema) ->
                                    list(object(schema).get("examples")).stream()
                                            .findFirst()
                                            .ifPresent(value -> example.put(member, value)));
            return example;
        }

        Map<String, Object> members() {
            var schema = schemaOfTheBody();
            return object(
                    schema.containsKey("items") ? resolved(schema.get("items")) : schema,
                    "properties");
        }

        private Map<String, Object> schemaOfTheBody() {
            return media(said.get("requestBody"))
                    .map(media -> resolved(media.get("schema")))
                    .findFirst()
                    .orElse(Map.of());
        }

        private Map<String, Object> resolved(@Nullable Object schema) {
            var ref = String.valueOf(object(schema).get("$ref"));
            return object(schemas, ref.substring(ref.lastIndexOf('/') + 1));
        }

        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    List<Operation> operations() {
        return object(document, "paths").entrySet().stream()
                .flatMap(
                        path ->
                                object(path.getValue()).entrySet().stream()
                                        .filter(method -> METHODS.contains(method.getKey()))
                                        .map(
                                                method ->
                                                        new Operation(
                                                                method.getKey()
                                                                        .toUpperCase(Locale.ROOT),
                                                                path.getKey(),
                                                                object(method.getValue()),
                                                                schemas())))
                .toList();
    }

    Map<String, Object> schemas() {
        return object(object(document, "components"), "schemas");
    }

    Map<String, Object> said() {
        return document;
    }

    static Stream<Map<String, Object>> media(@Nullable Object ofContent) {
        return object(object(ofContent), "content").values().stream().map(ApiDocument::object);
    }

    static Map<String, Object> object(Map<String, Object> parent, String member) {
        return object(parent.get(member));
    }

    @SuppressWarnings("unchecked") // JSON has no other members.
    static Map<String, Object> object(@Nullable Object json) {
        return json == null ? Map.of() : (Map<String, Object>) json;
    }

    static List<Map<String, Object>> list(Map<String, Object> parent, String member) {
        return list(parent.get(member)).stream().map(ApiDocument::object).toList();
    }

    @SuppressWarnings("unchecked") // JSON has no other elements.
    private static List<Object> list(@Nullable Object json) {
        return json == null ? List.of() : (List<Object>) json;
    }
}
