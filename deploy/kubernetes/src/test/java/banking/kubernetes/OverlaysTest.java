package banking.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import banking.kubernetes.Manifests.Manifest;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the overlays come to; skipped where nothing is installed that renders them. */
class OverlaysTest {

    /** What operators, or the overlay's own generators, make. */
    private static final Set<String> MADE_BY_OPERATORS =
            Set.of(
                    "bank-cluster-ca-cert",
                    "bank-command",
                    "bank-query",
                    "command-database-ca",
                    "query-database-ca");

    static Stream<String> overlays() {
        return Manifests.OVERLAYS.stream();
    }

    private static List<Manifest> rendered(String overlay) {
        var rendered = Manifests.rendered(overlay);
        assumeTrue(rendered.isPresent(), "neither kubectl nor kustomize is installed");
        return rendered.orElseThrow();
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void a_changed_setting_rolls_the_pods(String overlay) {
        assertThat(rendered(overlay))
                .filteredOn(each -> Set.of("ConfigMap", "Secret").contains(each.kind()))
                .filteredOn(each -> !isDashboard(each))
                .isNotEmpty()
                .allSatisfy(each -> assertThat(each.name()).matches(".*-[a-z0-9]{10}"));
    }

    /** No pod reads one. */
    private static boolean isDashboard(Manifest manifest) {
        return manifest.json().at("/metadata/labels/grafana_dashboard").asText().equals("1");
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void all_is_in_the_banks_namespace_and_in_it_once(String overlay) {
        var objects =
                rendered(overlay).stream().filter(m -> !m.kind().equals("Namespace")).toList();
        assertThat(objects)
                .allSatisfy(
                        each ->
                                assertThat(each.json().at("/metadata/namespace").asText())
                                        .isEqualTo("bank"));
        assertThat(objects.stream().map(each -> each.kind() + " " + each.name()))
                .doesNotHaveDuplicates();
    }

    /** An apply would bring it back to the start. */
    @Test
    void what_is_scaled_has_no_number_of_pods() {
        assertThat(rendered("production"))
                .filteredOn(each -> each.kind().equals("Deployment"))
                .hasSize(2)
                .noneMatch(each -> each.json().path("spec").has("replicas"));
    }

    @Test
    void no_secret_of_production_is_in_the_repository() {
        for (var overlay : List.of("native", "production")) {
            assertThat(rendered(overlay)).noneMatch(each -> each.kind().equals("Secret"));
        }
    }

    @Test
    void only_the_local_overlay_makes_secrets() {
        assertThat(Manifests.written()).noneMatch(each -> each.kind().equals("Secret"));
        assertThat(
                        Stream.of("base", "components", "infrastructure", "overlays")
                                .flatMap(folder -> Manifests.files(Path.of(folder)))
                                .filter(file -> Manifests.read(file).contains("secretGenerator:")))
                .containsExactly(Path.of("overlays/local/kustomization.yaml"));
    }

    @Test
    void every_secret_that_somebody_has_to_bring_is_listed() {
        var wanted = new TreeSet<String>();
        for (var manifest : rendered("production")) {
            for (var field : List.of("secretKeyRef", "secretRef", "passwordSecret", "secret")) {
                manifest.json().findValues(field).forEach(r -> wanted.add(secret(r)));
            }
            for (var field : List.of("secretTargetRef", "certificateRefs")) {
                manifest.json()
                        .findValues(field)
                        .forEach(list -> list.forEach(r -> wanted.add(secret(r))));
            }
            for (var field : List.of("accessKeyId", "secretAccessKey")) {
                manifest.json().findValues(field).forEach(r -> wanted.add(secret(r)));
            }
        }
        wanted.removeAll(MADE_BY_OPERATORS);
        var operations = Manifests.read(Path.of("../OPERATIONS.md"));
        assertThat(wanted)
                .isNotEmpty()
                .allSatisfy(name -> assertThat(operations).contains("| `" + name + "` |"));
    }

    private static String secret(JsonNode reference) {
        return reference.path(reference.has("secretName") ? "secretName" : "name").asText();
    }
}
