package banking.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The routes lead every request to the service that has what it asks for, and to no other. */
class RoutesTest {

    private static final Set<String> METHODS =
            Set.of("get", "head", "post", "put", "delete", "patch");

    /**
     * @param method null for any
     */
    private record Match(String host, String path, String method, String backend) {

        boolean takes(String requestMethod, String requestPath) {
            return (requestPath.equals(path) || requestPath.startsWith(path + "/"))
                    && (method == null || method.equals(requestMethod));
        }
    }

    record Operation(String service, String method, String path) {}

    private static List<Match> matches() {
        var matches = new ArrayList<Match>();
        Manifests.written().stream()
                .filter(each -> each.kind().equals("HTTPRoute"))
                .map(each -> each.json().path("spec"))
                .forEach(
                        spec ->
                                spec.path("rules")
                                        .forEach(
                                                rule ->
                                                        rule.path("matches")
                                                                .forEach(
                                                                        match ->
                                                                                matches.add(
                                                                                        match(
                                                                                                spec,
                                                                                                rule,
                                                                                                match)))));
        return matches;
    }

    private static Match match(JsonNode spec, JsonNode rule, JsonNode match) {
        assertThat(match.at("/path/type").asText()).isEqualTo("PathPrefix");
        return new Match(
                spec.at("/hostnames/0").asText(),
                match.at("/path/value").asText(),
                match.hasNonNull("method") ? match.get("method").asText() : null,
                rule.at("/backendRefs/0/name").asText());
    }

    static Stream<Operation> operations() {
        return Packaged.both().stream().flatMap(RoutesTest::operations);
    }

    private static Stream<Operation> operations(Packaged service) {
        return service.openApi().path("paths").properties().stream()
                .flatMap(
                        path ->
                                path.getValue().properties().stream()
                                        .filter(method -> METHODS.contains(method.getKey()))
                                        .map(
                                                method ->
                                                        new Operation(
                                                                "bank-" + service.name(),
                                                                method.getKey()
                                                                        .toUpperCase(Locale.ROOT),
                                                                path.getKey())));
    }

    /** As the specification of routes orders them: the longest path, then one with a method. */
    private static Optional<Match> route(String host, String method, String path) {
        return matches().stream()
                .filter(match -> match.host().equals(host))
                .filter(match -> match.takes(method, path))
                .max(
                        Comparator.<Match>comparingInt(match -> match.path().length())
                                .thenComparing(match -> match.method() != null));
    }

    @ParameterizedTest
    @MethodSource("operations")
    void every_operation_is_reached_by_exactly_one_way(Operation operation) {
        var hosts = matches().stream().map(Match::host).distinct();
        assertThat(
                        hosts.flatMap(
                                host ->
                                        route(host, operation.method(), operation.path())
                                                .map(Match::backend)
                                                .stream()))
                .containsExactly(operation.service());
    }

    @Test
    void no_route_leads_nowhere() {
        var operations = operations().toList();
        assertThat(matches())
                .allSatisfy(
                        match ->
                                assertThat(operations)
                                        .anyMatch(
                                                each ->
                                                        each.service().equals(match.backend())
                                                                && leadsTo(match, each)));
    }

    /** Whoever may GET may HEAD. */
    private static boolean leadsTo(Match match, Operation operation) {
        return match.takes(operation.method(), operation.path())
                || ("GET".equals(operation.method()) && match.takes("HEAD", operation.path()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/q/health", "/q/metrics", "/q/openapi", "/q/swagger-ui", "/"})
    void nobody_outside_reaches_what_is_told_of_the_process(String path) {
        assertThat(matches()).noneMatch(match -> match.takes("GET", path));
    }
}
