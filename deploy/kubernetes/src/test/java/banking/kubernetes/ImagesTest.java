package banking.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

/** What holds for the images and for the bank that compose.yaml makes of them. */
class ImagesTest {

    private static final Path DEPLOY = Path.of("..");
    private static final Set<String> ENDED =
            Set.of("topics", "command-migration", "query-migration");

    record Container(String name, Map<String, Object> said) {

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Container> containers() {
        Map<String, Map<String, Map<String, Object>>> compose =
                new Yaml().load(Manifests.read(DEPLOY.resolve("compose.yaml")));
        return compose.get("services").entrySet().stream()
                .map(each -> new Container(each.getKey(), each.getValue()));
    }

    @ParameterizedTest
    @MethodSource("containers")
    void a_container_can_change_nothing_and_its_image_can_be_replaced(Container container) {
        assertThat(container.said())
                .containsEntry("read_only", true)
                .containsEntry("cap_drop", List.of("ALL"))
                .containsEntry("security_opt", List.of("no-new-privileges:true"));
        assertThat((String) container.said().get("image"))
                .matches("\\$\\{[A-Z]+_IMAGE:-[a-z./-]+:[a-z0-9.]+}")
                .doesNotContain("latest");
        if (!ENDED.contains(container.name())) {
            assertThat(container.said()).containsKey("healthcheck");
        }
    }

    @ParameterizedTest
    @MethodSource("containers")
    void no_password_is_in_an_environment(Container container) {
        if (container.said().get("environment") instanceof Map<?, ?> environment) {
            assertThat(environment.keySet())
                    .allMatch(name -> !name.toString().endsWith("_PASSWORD"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"command", "query"})
    void every_environment_variable_is_a_setting_of_the_service(String name) {
        var known = new Packaged(name).documentedVariables();
        known.add("KAFKA_BOOTSTRAP_SERVERS");
        known.add("QUARKUS_CONFIG_LOCATIONS");
        known.add("QUARKUS_PROFILE");
        assertThat(containers().filter(each -> each.name().startsWith(name)))
                .filteredOn(each -> !each.name().endsWith("-database"))
                .hasSize(2)
                .allSatisfy(each -> assertThat(known).containsAll(environment(each).keySet()));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> environment(Container container) {
        return (Map<String, Object>) container.said().get("environment");
    }

    @Test
    void the_proxy_routes_as_the_gateway_does() {
        var routed = new TreeSet<String>();
        Pattern.compile("location ~ \\^/\\(([a-z/|]+)\\)")
                .matcher(Manifests.read(DEPLOY.resolve("compose/proxy.conf")))
                .results()
                .flatMap(found -> Stream.of(found.group(1).split("\\|")))
                .forEach(prefix -> routed.add("/" + prefix));
        var prefixes = new TreeSet<String>();
        Manifests.written().stream()
                .filter(each -> each.kind().equals("HTTPRoute"))
                .flatMap(each -> each.json().findValues("value").stream())
                .forEach(prefix -> prefixes.add(prefix.asText()));

        assertThat(routed).isEqualTo(prefixes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Dockerfile.jvm", "Dockerfile.native"})
    void an_image_runs_as_nobody_without_a_shell(String file) {
        var lines = Manifests.read(DEPLOY.resolve("images").resolve(file)).lines().toList();
        var last = new ArrayList<>(lines.subList(lastStage(lines), lines.size()));

        assertThat(last).contains("USER 10001:10001");
        assertThat(last).anyMatch(line -> line.startsWith("ENTRYPOINT [\""));
        assertThat(last).noneMatch(line -> line.startsWith("RUN ") || line.startsWith("CMD "));
        assertThat(lines)
                .filteredOn(line -> line.startsWith("FROM "))
                .allMatch(line -> line.matches("FROM \\$\\{(BUILD|RUNTIME)_IMAGE}( AS \\w+)?"));
        assertThat(lines)
                .filteredOn(line -> line.matches("ARG \\w+_IMAGE=.*"))
                .hasSize(2)
                .allMatch(line -> line.matches(".*:[a-z0-9.-]+") && !line.endsWith("latest"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"command", "query"})
    void every_jar_of_an_image_is_in_its_list(String name) {
        var service = new Packaged(name);
        assertThat(service.listedFiles()).containsAll(service.jars());
        for (var file : List.of("Dockerfile.jvm", "Dockerfile.native")) {
            assertThat(Manifests.read(DEPLOY.resolve("images").resolve(file)))
                    .contains("-cyclonedx.json /sbom.cdx.json")
                    .contains("COPY --from=build /sbom.cdx.json /sbom.cdx.json");
        }
    }

    private static int lastStage(List<String> lines) {
        int last = 0;
        for (int i = 0; i < lines.size(); i++) {
            last = lines.get(i).startsWith("FROM ") ? i : last;
        }
        return last;
    }
}
