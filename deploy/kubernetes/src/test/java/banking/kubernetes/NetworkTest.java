package banking.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import banking.kubernetes.Manifests.Manifest;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Who may speak with whom: this list, and nobody else. */
class NetworkTest {

    private static final List<Integer> PORTS =
            List.of(
                    22, 80, 443, 5432, 8000, 8080, 8081, 8443, 9000, 9090, 9091, 9092, 9093, 9187,
                    9404);

    /** What the policies call by its name. */
    private static final Map<String, List<Integer>> NAMED =
            Map.of("http", List.of(8080, 8081), "management", List.of(9000));

    /** A pod here, or any in another namespace. */
    private record Peer(String name, Map<String, String> labels, String namespace) {

        static Peer elsewhere(String namespace) {
            return new Peer(namespace, Map.of(), namespace);
        }

        boolean isHere() {
            return namespace.equals("bank");
        }
    }

    private static final List<Peer> HERE =
            List.of(
                    pod("Deployment", "bank-command", "/spec/template/metadata/labels"),
                    pod("Job", "bank-command-migration", "/spec/template/metadata/labels"),
                    pod("Deployment", "bank-query", "/spec/template/metadata/labels"),
                    pod("Job", "bank-query-migration", "/spec/template/metadata/labels"),
                    pod(
                            "CronJob",
                            "bank-compare",
                            "/spec/jobTemplate/spec/template/metadata/labels"),
                    pod("Cluster", "command-database", "/spec/inheritedMetadata/labels"),
                    pod("Cluster", "query-database", "/spec/inheritedMetadata/labels"),
                    pod("KafkaNodePool", "nodes", "/spec/template/pod/metadata/labels"));

    private static Peer pod(String kind, String name, String labels) {
        var found = new HashMap<String, String>();
        Manifests.written().stream()
                .filter(each -> each.kind().equals(kind) && each.name().equals(name))
                .forEach(
                        each ->
                                each.json()
                                        .at(labels)
                                        .properties()
                                        .forEach(
                                                l -> found.put(l.getKey(), l.getValue().asText())));
        assertThat(found).as(kind + " " + name).isNotEmpty();
        return new Peer(name, found, "bank");
    }

    private static List<JsonNode> policies() {
        return Manifests.written().stream()
                .filter(each -> each.kind().equals("NetworkPolicy"))
                .filter(each -> each.origin().startsWith("components/"))
                .map(Manifest::json)
                .map(json -> json.path("spec"))
                .toList();
    }

    private static boolean selects(JsonNode selector, Map<String, String> labels) {
        return selector.path("matchLabels").properties().stream()
                .allMatch(l -> l.getValue().asText().equals(labels.get(l.getKey())));
    }

    /** Whether some rule for the pod lets it speak with the other one in this direction. */
    private static boolean allows(String direction, String peers, Peer pod, Peer other, int port) {
        return policies().stream()
                .filter(policy -> selects(policy.path("podSelector"), pod.labels()))
                .flatMap(policy -> list(policy.path(direction)).stream())
                .anyMatch(rule -> names(rule.path(peers), other) && hasPort(rule, port));
    }

    private static boolean names(JsonNode peers, Peer other) {
        return peers.isMissingNode() || list(peers).stream().anyMatch(peer -> isOne(peer, other));
    }

    private static boolean isOne(JsonNode peer, Peer other) {
        if (peer.has("namespaceSelector")) {
            var namespace = Map.of("kubernetes.io/metadata.name", other.namespace());
            return selects(peer.path("namespaceSelector"), namespace)
                    && selects(peer.path("podSelector"), other.labels());
        }
        return other.isHere() && selects(peer.path("podSelector"), other.labels());
    }

    private static boolean hasPort(JsonNode rule, int port) {
        return !rule.has("ports")
                || list(rule.path("ports")).stream()
                        .map(each -> each.path("port"))
                        .anyMatch(
                                each ->
                                        each.isInt()
                                                ? each.asInt() == port
                                                : NAMED.get(each.asText()).contains(port));
    }

    private static List<JsonNode> list(JsonNode array) {
        var list = new ArrayList<JsonNode>();
        array.forEach(list::add);
        return list;
    }

    @Test
    void whoever_says_nothing_is_let_nowhere() {
        assertThat(policies())
                .anyMatch(
                        policy ->
                                policy.path("podSelector").isEmpty()
                                        && policy.path("policyTypes").size() == 2
                                        && !policy.has("ingress")
                                        && !policy.has("egress"));
    }

    @Test
    void pods_reach_what_they_need_and_nothing_else() {
        var ways = new TreeSet<String>();
        for (var from : HERE) {
            for (var to : HERE) {
                for (int port : PORTS) {
                    if (allows("egress", "to", from, to, port)
                            && allows("ingress", "from", to, from, port)) {
                        ways.add(from.name() + " > " + to.name() + " " + port);
                    }
                }
            }
        }
        assertThat(ways)
                .containsExactlyInAnyOrder(
                        "bank-compare > bank-command 8080",
                        "bank-compare > bank-command 8081",
                        "bank-compare > bank-query 8080",
                        "bank-compare > bank-query 8081",
                        "bank-command > command-database 5432",
                        "bank-command > nodes 9093",
                        "bank-command-migration > command-database 5432",
                        "bank-command-migration > nodes 9093",
                        "bank-query > nodes 9093",
                        "bank-query > query-database 5432",
                        "bank-query-migration > nodes 9093",
                        "bank-query-migration > query-database 5432",
                        "command-database > command-database 5432",
                        "command-database > command-database 8000",
                        "nodes > nodes 9090",
                        "nodes > nodes 9091",
                        "nodes > nodes 9093",
                        "query-database > query-database 5432",
                        "query-database > query-database 8000");
    }

    @Test
    void from_outside_come_the_gateway_the_operators_and_whoever_measures() {
        var ways = new TreeSet<String>();
        for (var namespace :
                List.of("gateway", "monitoring", "cnpg-system", "strimzi", "keda", "default")) {
            for (var to : HERE) {
                for (int port : PORTS) {
                    if (allows("ingress", "from", to, Peer.elsewhere(namespace), port)) {
                        ways.add(namespace + " > " + to.name() + " " + port);
                    }
                }
            }
        }
        assertThat(ways)
                .filteredOn(way -> !way.contains("-migration"))
                .containsExactlyInAnyOrder(
                        "cnpg-system > command-database 5432",
                        "cnpg-system > command-database 8000",
                        "cnpg-system > query-database 5432",
                        "cnpg-system > query-database 8000",
                        "gateway > bank-command 8080",
                        "gateway > bank-command 8081",
                        "gateway > bank-query 8080",
                        "gateway > bank-query 8081",
                        "keda > nodes 9093",
                        "monitoring > bank-command 9000",
                        "monitoring > bank-query 9000",
                        "monitoring > command-database 9187",
                        "monitoring > nodes 9404",
                        "monitoring > query-database 9187",
                        "strimzi > nodes 8443",
                        "strimzi > nodes 9090",
                        "strimzi > nodes 9091",
                        "strimzi > nodes 9093");
    }
}
