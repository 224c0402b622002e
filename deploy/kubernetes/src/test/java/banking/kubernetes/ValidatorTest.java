package banking.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import banking.kubernetes.Manifests.Manifest;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ValidatorTest {

    static List<Manifest> written() {
        return Manifests.written();
    }

    static List<Manifest> patches() {
        return Manifests.patches();
    }

    static Stream<String> overlays() {
        return Manifests.OVERLAYS.stream();
    }

    @ParameterizedTest
    @MethodSource("written")
    void every_object_is_one_that_an_api_server_takes(Manifest manifest) {
        assertThat(Validator.mistakes(manifest)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("patches")
    void a_patch_changes_nothing_that_is_not_there(Manifest patch) {
        assertThat(Validator.mistakesInPatch(patch)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void what_an_overlay_makes_is_what_an_api_server_takes(String overlay) {
        var rendered = Manifests.rendered(overlay);
        assumeTrue(rendered.isPresent(), "neither kubectl nor kustomize is installed");

        assertThat(rendered.orElseThrow())
                .isNotEmpty()
                .allSatisfy(
                        manifest ->
                                assertThat(Validator.mistakes(manifest))
                                        .as(manifest.toString())
                                        .isEmpty());
    }

    /** Each is a mistake that somebody makes some day, in the first object that has the words. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "base/command/deployment.yaml; readinessProbe:; readynessProbe:",
                "base/command/deployment.yaml; replicas: 2; replicas: \"2\"",
                "base/command/deployment.yaml; containerPort: 8080; containerPort: http",
                "base/command/deployment.yaml; periodSeconds: 5; periodSeconds: often",
                "base/command/deployment.yaml; image: banking-command-service; imagePullPolicy: Sometimes",
                "base/command/deployment.yaml; whenUnsatisfiable: ScheduleAnyway; whenUnsatisfiable: Never",
                "base/command/deployment.yaml; runAsNonRoot: true; runAsNonRoot: \"true\"",
                "base/command/migration.yaml; restartPolicy: OnFailure; restartPolicy: OnError",
                "base/command/migration.yaml; template:; templates:",
                "base/command/service.yaml; targetPort: http; targetport: http",
                "base/command/service.yaml; port: 80; portNumber: 80",
                "base/command/pdb.yaml; maxUnavailable: 1; maxUnavailible: 1",
                "components/hpa/command.yaml; maxReplicas: 5; maximum: 5",
                "components/hpa/command.yaml; minReplicas: 2; minReplicas: two",
                "components/network-policies/command.yaml; - Egress; - Egres",
                "components/network-policies/command.yaml; podSelector:; podSelectors:",
                "components/gateway/callers.yaml; method: GET; method: FETCH",
                "components/gateway/callers.yaml; backendRefs:; backends:",
                "components/gateway/callers.yaml; port: 80; port: \"80\"",
                "components/gateway/gateway.yaml; protocol: HTTPS; protocol: SSL",
                "components/monitoring/podmonitor.yaml; podMetricsEndpoints:; podMetricsEndpoint:",
                "components/monitoring/rules.yaml; expr:; expression:",
                "components/monitoring/rules.yaml; severity: critical; severity: bad",
                "components/keda/query.yaml; maxReplicaCount: 4; maxReplicas: 4",
                "components/keda/query.yaml; lagThreshold: \"2000\"; lagThreshold: 2000",
                "components/keda/query.yaml; offsetResetPolicy: earliest; offsetResetPolicy: first",
                "components/keda/authentication.yaml; parameter: username; param: username",
                "infrastructure/topics.yaml; partitions: 4; partition: 4",
                "infrastructure/topics.yaml; replicas: 3; replicas: three",
                "infrastructure/users.yaml; type: scram-sha-512; type: scram",
                "infrastructure/users.yaml; patternType: prefix; patternType: regex",
                "infrastructure/kafka.yaml; tls: true; tsl: true",
                "infrastructure/kafka.yaml; - broker; - brokers",
                "infrastructure/command-database.yaml; synchronous:; synchronus:",
                "infrastructure/command-database.yaml; instances: 3; instances: \"3\"",
                "infrastructure/command-database.yaml; method: any; method: some",
                "infrastructure/command-database.yaml; storage:; disk:",
                "infrastructure/backups.yaml; schedule:; cron:",
                "infrastructure/backups.yaml; destinationPath:; destination:",
                "base/command/deployment.yaml; kind: Deployment; kind: Deploy",
                "base/command/deployment.yaml; apiVersion: apps/v1; apiVersion: apps/v1beta1"
            })
    void a_planted_mistake_is_found(String file, String right, String wrong) {
        var text = Manifests.read(Manifests.ROOT.resolve(file));
        assertThat(text).contains(right);

        var planted = Manifests.parse(file, text.replaceFirst(quoted(right), wrong));

        assertThat(planted).anySatisfy(m -> assertThat(Validator.mistakes(m)).isNotEmpty());
    }

    private static String quoted(String text) {
        return Pattern.quote(text);
    }

    @Test
    void a_selector_that_misses_its_own_pods_is_found() {
        var file = "base/command/deployment.yaml";
        var text = Manifests.read(Manifests.ROOT.resolve(file));
        var planted =
                text.replace(
                        "selector:\n    matchLabels:\n",
                        "selector:\n    matchLabels:\n      tier: front\n");

        assertThat(Manifests.parse(file, planted))
                .anySatisfy(
                        m ->
                                assertThat(Validator.mistakes(m))
                                        .contains("the selector does not match the pods: tier"));
    }

    @Test
    void a_planted_mistake_in_a_patch_is_found() {
        var file = "components/secured/command.yaml";
        var text = Manifests.read(Manifests.ROOT.resolve(file)).replace("mountPath", "mountpath");

        assertThat(Manifests.parse(file, text))
                .anySatisfy(m -> assertThat(Validator.mistakesInPatch(m)).isNotEmpty());
    }
}
