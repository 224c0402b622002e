package banking.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import banking.kubernetes.Manifests.Manifest;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** However far a side is scaled, its pods get their connections. */
class ConnectionsTest {

    /** For whoever looks after the server, its replicas and its backups. */
    private static final int RESERVED = 15;

    private static final int MIGRATION_JOB = 2;

    @ParameterizedTest
    @ValueSource(strings = {"command", "query"})
    void all_pods_pools_fit_into_the_servers_connections(String service) {
        int replicas =
                Stream.concat(
                                spec("HorizontalPodAutoscaler", service, "/spec/maxReplicas"),
                                spec("ScaledObject", service, "/spec/maxReplicaCount"))
                        .mapToInt(Integer::parseInt)
                        .max()
                        .orElseThrow();
        int surge =
                spec("Deployment", service, "/spec/strategy/rollingUpdate/maxSurge")
                        .mapToInt(Integer::parseInt)
                        .sum();

        assertThat((replicas + surge) * pool(service) + MIGRATION_JOB)
                .isLessThanOrEqualTo(connections(service) - RESERVED);
    }

    /** The service's own default is the same, so that nobody counts with another. */
    private static int pool(String service) {
        var properties = new Packaged(service).properties();
        var pool = properties.getProperty("quarkus.datasource.jdbc.max-size");
        assertThat(Manifests.read(Path.of("base/" + service + "/settings.env")).lines())
                .contains("QUARKUS_DATASOURCE_JDBC_MAX_SIZE=" + pool);
        return Integer.parseInt(pool);
    }

    private static int connections(String service) {
        return Manifests.written().stream()
                .filter(each -> each.kind().equals("Cluster"))
                .filter(each -> each.name().equals(service + "-database"))
                .map(each -> each.json().at("/spec/postgresql/parameters/max_connections"))
                .mapToInt(connections -> Integer.parseInt(connections.asText()))
                .sum();
    }

    private static Stream<String> spec(String kind, String service, String path) {
        return Manifests.written().stream()
                .filter(each -> each.kind().equals(kind))
                .filter(each -> each.name().equals("bank-" + service))
                .map(Manifest::json)
                .map(json -> json.at(path).asText());
    }
}
