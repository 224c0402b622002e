package banking.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import banking.kubernetes.Manifests.Manifest;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every pod, and what for those of the services. */
class PodsTest {

    private static final Set<String> KINDS = Set.of("Deployment", "StatefulSet", "Job", "CronJob");

    private static final Set<String> VOLUMES =
            Set.of("configMap", "emptyDir", "secret", "persistentVolumeClaim");

    private static final int SECONDS_TO_COMMIT_AND_PUBLISH = 15;

    static List<Manifest> pods() {
        return Manifests.written().stream()
                .filter(each -> KINDS.contains(each.kind()))
                .filter(each -> !spec(each).isMissingNode())
                .toList();
    }

    static Stream<Manifest> services() {
        return pods().stream()
                .filter(each -> each.kind().equals("Deployment"))
                .filter(each -> each.origin().startsWith("base/"));
    }

    private static JsonNode spec(Manifest manifest) {
        var isBegunByTheClock = manifest.kind().equals("CronJob");
        return manifest.json()
                .at((isBegunByTheClock ? "/spec/jobTemplate" : "") + "/spec/template/spec");
    }

    private static List<JsonNode> containers(Manifest manifest) {
        var containers = new ArrayList<JsonNode>();
        spec(manifest).path("initContainers").forEach(containers::add);
        spec(manifest).path("containers").forEach(containers::add);
        return containers;
    }

    private static Stream<JsonNode> each(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }

    @ParameterizedTest
    @MethodSource("pods")
    void the_restricted_standard_holds_and_nothing_can_be_written(Manifest manifest) {
        var spec = spec(manifest);
        assertThat(spec.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
        assertThat(spec.at("/securityContext/runAsUser").asInt()).isPositive();
        assertThat(spec.at("/securityContext/seccompProfile/type").asText())
                .isEqualTo("RuntimeDefault");
        assertThat(spec.has("hostNetwork") || spec.has("hostPID") || spec.has("hostIPC")).isFalse();
        assertThat(each(spec.path("volumes")).flatMap(v -> v.properties().stream()))
                .allSatisfy(
                        field ->
                                assertThat(field.getKey())
                                        .satisfiesAnyOf(
                                                key -> assertThat(key).isEqualTo("name"),
                                                key -> assertThat(VOLUMES).contains(key)));
        for (var container : containers(manifest)) {
            var context = container.path("securityContext");
            assertThat(context.path("allowPrivilegeEscalation").asBoolean(true)).isFalse();
            assertThat(context.path("readOnlyRootFilesystem").asBoolean()).isTrue();
            assertThat(each(context.at("/capabilities/drop")).map(JsonNode::asText))
                    .containsExactly("ALL");
            assertThat(each(container.path("ports"))).noneMatch(port -> port.has("hostPort"));
        }
    }

    @ParameterizedTest
    @MethodSource("pods")
    void a_pod_knows_no_token_and_no_other_service_and_has_its_bounds(Manifest manifest) {
        assertThat(spec(manifest).path("automountServiceAccountToken").asBoolean(true)).isFalse();
        assertThat(spec(manifest).path("enableServiceLinks").asBoolean(true)).isFalse();
        for (var container : containers(manifest)) {
            assertThat(container.at("/resources/requests/cpu").isMissingNode()).isFalse();
            assertThat(container.at("/resources/requests/memory"))
                    .isEqualTo(container.at("/resources/limits/memory"));
            assertThat(container.at("/resources/limits/cpu").isMissingNode())
                    .as("throttling would hold up the lane")
                    .isTrue();
        }
    }

    @Test
    void no_selector_has_a_version() {
        assertThat(Manifests.written())
                .allSatisfy(
                        manifest ->
                                assertThat(manifest.json().findValues("matchLabels").toString())
                                        .doesNotContain("version"));
    }

    @ParameterizedTest
    @MethodSource("services")
    void probes_ask_where_the_service_tells(Manifest manifest) {
        var service = new Packaged(manifest.name().replace("bank-", ""));
        var container = containers(manifest).getFirst();
        assertThat(each(container.path("ports")).map(PodsTest::port))
                .containsExactlyInAnyOrder(
                        "http " + service.port("http"), "management " + service.port("management"));
        assertThat(service.properties())
                .containsEntry("quarkus.management.enabled", "true")
                .doesNotContainKeys(
                        "quarkus.smallrye-health.root-path", "quarkus.management.root-path");
        assertThat(probe(container, "startupProbe")).isEqualTo("management/q/health/started");
        assertThat(probe(container, "readinessProbe")).isEqualTo("management/q/health/ready");
        assertThat(probe(container, "livenessProbe")).isEqualTo("management/q/health/live");
    }

    private static String port(JsonNode port) {
        return port.path("name").asText() + " " + port.path("containerPort").asInt();
    }

    private static String probe(JsonNode container, String name) {
        var http = container.path(name).path("httpGet");
        return http.path("port").asText() + http.path("path").asText();
    }

    @ParameterizedTest
    @MethodSource("services")
    void a_pod_has_the_time_to_bring_to_its_end_what_it_has_taken(Manifest manifest) {
        var properties = new Packaged(manifest.name().replace("bank-", "")).properties();
        var timeout = properties.getProperty("quarkus.shutdown.timeout");
        var preStop = containers(manifest).getFirst().at("/lifecycle/preStop/sleep/seconds");
        int least =
                preStop.asInt()
                        + 1
                        + Integer.parseInt(timeout.replace("s", ""))
                        + SECONDS_TO_COMMIT_AND_PUBLISH;
        assertThat(preStop.asInt()).isPositive();
        assertThat(spec(manifest).path("terminationGracePeriodSeconds").asInt())
                .isGreaterThanOrEqualTo(least);
    }

    @ParameterizedTest
    @MethodSource("services")
    void a_rollout_takes_nothing_away_before_there_is_more(Manifest manifest) {
        var rolling = manifest.json().at("/spec/strategy/rollingUpdate");
        assertThat(rolling.path("maxUnavailable").asInt(1)).isZero();
        assertThat(manifest.json().at("/spec/replicas").asInt()).isGreaterThan(1);
        assertThat(Manifests.written())
                .filteredOn(each -> each.kind().equals("PodDisruptionBudget"))
                .filteredOn(each -> each.name().equals(manifest.name()))
                .singleElement()
                .satisfies(
                        budget ->
                                assertThat(budget.json().at("/spec/selector"))
                                        .isEqualTo(manifest.json().at("/spec/selector")));
    }
}
