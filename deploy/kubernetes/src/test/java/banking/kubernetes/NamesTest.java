package banking.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import banking.events.Topic;
import banking.kubernetes.Manifests.Manifest;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a manifest calls by its name is there. */
class NamesTest {

    private static final Pattern METRIC = Pattern.compile("\\bbank(?:_[a-z]+)+\\b");

    /** What Prometheus' names have behind the metric's own. */
    private static final Pattern SUFFIX =
            Pattern.compile("(_seconds)?(_total|_count|_sum|_max|_bucket)?$");

    static Stream<Packaged> services() {
        return Packaged.both().stream();
    }

    @ParameterizedTest
    @MethodSource("services")
    void every_environment_variable_is_a_setting_of_the_service(Packaged service) {
        var known = service.documentedVariables();
        assertThat(variables(service))
                .isNotEmpty()
                .allMatch(name -> known.contains(name) || isOfKafka(name) || isAUser(name));
    }

    private static boolean isOfKafka(String name) {
        var setting = name.replaceFirst("^KAFKA_", "").toLowerCase(Locale.ROOT).replace('_', '.');
        return name.startsWith("KAFKA_") && ConsumerConfig.configNames().contains(setting);
    }

    private static boolean isAUser(String name) {
        return name.matches("BANK_SECURITY_USERS_[A-Z]+_(BCRYPT|ROLES)");
    }

    private static Set<String> variables(Packaged service) {
        var names = new TreeSet<String>();
        for (var file :
                List.of(
                        "base/" + service.name() + "/settings.env",
                        "components/secured/" + service.name() + ".env",
                        "components/https/" + service.name() + ".env",
                        "components/traces/traces.env",
                        "overlays/local/users.env")) {
            Manifests.read(Path.of(file))
                    .lines()
                    .filter(line -> line.contains("=") && !line.startsWith("#"))
                    .map(line -> line.substring(0, line.indexOf('=')))
                    .forEach(names::add);
        }
        var objects = new ArrayList<>(Manifests.written());
        objects.addAll(Manifests.patches());
        objects.stream()
                .filter(each -> each.name().startsWith("bank-" + service.name()))
                .filter(each -> List.of("Deployment", "Job").contains(each.kind()))
                .flatMap(each -> each.json().findValues("env").stream())
                .forEach(env -> env.forEach(each -> names.add(each.path("name").asText())));
        return names;
    }

    @Test
    void every_metric_in_a_rule_or_a_trigger_is_one_that_a_service_has() {
        var known = Packaged.metrics();
        var used = new TreeSet<String>();
        for (var manifest : Manifests.written()) {
            for (var field : List.of("expr", "query")) {
                manifest.json().findValuesAsText(field).stream()
                        .flatMap(text -> METRIC.matcher(text).results())
                        .forEach(found -> used.add(found.group()));
            }
        }

        assertThat(used).isNotEmpty();
        assertThat(used).allMatch(name -> known.contains(SUFFIX.matcher(name).replaceFirst("")));
    }

    @Test
    void every_topic_is_made_with_the_partitions_that_the_services_count_on() {
        var partitions = new HashMap<String, Integer>();
        Manifests.written().stream()
                .filter(m -> m.kind().equals("KafkaTopic"))
                .map(topic -> topic.json().path("spec"))
                .forEach(
                        spec ->
                                partitions.put(
                                        spec.path("topicName").asText(),
                                        spec.path("partitions").asInt()));
        var expected = new HashMap<String, Integer>();
        Topic.ALL.forEach(topic -> expected.put(topic, Topic.PARTITIONS));
        expected.put(Topic.SEALS, 1);
        expected.put(Topic.KEYS, 1);
        assertThat(partitions).isEqualTo(expected);
    }

    @Test
    void the_scalers_look_at_the_groups_that_the_query_service_reads_in() {
        var properties = new Packaged("query").properties();
        var groups = new ArrayList<String>();
        for (var trigger : named("ScaledObject", "bank-query").at("/spec/triggers")) {
            if (trigger.path("type").asText().equals("kafka")) {
                groups.add(
                        trigger.at("/metadata/topic").asText()
                                + " "
                                + trigger.at("/metadata/consumerGroup").asText());
            }
        }
        assertThat(groups)
                .containsExactlyInAnyOrderElementsOf(
                        properties.stringPropertyNames().stream()
                                .filter(name -> name.matches("mp.messaging.incoming.\\w+.topic"))
                                .map(
                                        name ->
                                                properties.getProperty(name)
                                                        + " "
                                                        + properties.getProperty(
                                                                name.replace(
                                                                        ".topic", ".group.id")))
                                .toList());
    }

    private static JsonNode named(String kind, String name) {
        return Manifests.written().stream()
                .filter(each -> each.kind().equals(kind) && each.name().equals(name))
                .map(Manifest::json)
                .findFirst()
                .orElseThrow();
    }
}
