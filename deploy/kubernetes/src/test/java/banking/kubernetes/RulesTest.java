package banking.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** When somebody is called, and that each call has been tried. */
class RulesTest {

    private static final Path MONITORING = Path.of("../monitoring");
    private static final Path RULES = MONITORING.resolve("rules.yaml");
    private static final Path TESTS = MONITORING.resolve("tests");

    /**
     * @param severity by which alerts of one name differ
     */
    record Alert(String name, String severity, JsonNode rule) {

        @Override
        public String toString() {
            return name + ", " + severity;
        }
    }

    static List<Alert> alerts() {
        var alerts = new ArrayList<Alert>();
        for (var group : read(RULES).path("groups")) {
            for (var rule : group.path("rules")) {
                if (rule.has("alert")) {
                    var severity = rule.at("/labels/severity").asText();
                    alerts.add(new Alert(rule.path("alert").asText(), severity, rule));
                }
            }
        }
        return alerts;
    }

    static Stream<Path> tests() {
        return Manifests.files(TESTS).map(Path::getFileName);
    }

    private static JsonNode read(Path file) {
        return Manifests.parse(file.toString(), Manifests.read(file)).getFirst().json();
    }

    @Test
    void prometheus_takes_the_rules() throws IOException {
        Tool.PROMTOOL.accepts(MONITORING, "check", "rules", "rules.yaml");
    }

    @Test
    void the_prometheus_of_compose_takes_its_settings(@TempDir Path folder) throws IOException {
        Files.copy(Path.of("../compose/prometheus.yaml"), folder.resolve("prometheus.yml"));
        Files.copy(RULES, folder.resolve("rules.yaml"));
        Tool.PROMTOOL.accepts(folder, "check", "config", "prometheus.yml");
    }

    @ParameterizedTest
    @MethodSource("tests")
    void the_alerts_come_and_go_as_their_tests_say(Path file) throws IOException {
        Tool.PROMTOOL.accepts(TESTS, "test", "rules", file.toString());
    }

    @ParameterizedTest
    @MethodSource("alerts")
    void an_alert_is_tried_before_it_fires_while_it_does_and_after(Alert alert) {
        assertThat(tests().flatMap(file -> course(file, alert)))
                .as("some test in which it is quiet, fires, and is quiet again")
                .anyMatch(course -> course.matches("-+!+-+"));
    }

    /** For each test of the file, what it expects of the alert, one sign for each time. */
    private static Stream<String> course(Path file, Alert alert) {
        var courses = new ArrayList<String>();
        for (var test : read(TESTS.resolve(file)).path("tests")) {
            var course = new StringBuilder();
            for (var expected : test.path("alert_rule_test")) {
                if (expected.path("alertname").asText().equals(alert.name())) {
                    course.append(fires(expected, alert) ? '!' : '-');
                }
            }
            courses.add(course.toString());
        }
        return courses.stream();
    }

    private static boolean fires(JsonNode expected, Alert alert) {
        for (var fired : expected.path("exp_alerts")) {
            if (fired.at("/exp_labels/severity").asText().equals(alert.severity())) {
                return true;
            }
        }
        return false;
    }

    @ParameterizedTest
    @MethodSource("alerts")
    void an_alert_says_where_it_is_told_what_to_do(Alert alert) {
        var heading = alert.name().toLowerCase(Locale.ROOT);
        assertThat(alert.rule().at("/annotations/runbook_url").asText()).endsWith("#" + heading);
        assertThat(alert.rule().at("/annotations/summary").asText()).isNotEmpty();
        assertThat(runBooks()).contains(alert.name());
    }

    @Test
    void no_run_book_is_for_an_alert_that_is_gone() {
        var names =
                alerts().stream().map(Alert::name).collect(Collectors.toCollection(TreeSet::new));
        assertThat(runBooks()).containsExactlyInAnyOrderElementsOf(names);
    }

    private static List<String> runBooks() {
        return Manifests.read(Path.of("../OPERATIONS.md"))
                .lines()
                .filter(line -> line.startsWith("### Bank"))
                .map(line -> line.substring(4))
                .toList();
    }

    @Test
    void the_clusters_rules_are_the_same() throws IOException {
        var file = Path.of("components/monitoring/rules.yaml");
        var rules = Manifests.read(RULES);
        var text = Manifests.read(file);
        var spec = "spec:\n";
        var wanted =
                text.substring(0, text.indexOf(spec) + spec.length())
                        + rules.substring(rules.indexOf("groups:")).indent(2);
        wanted = wanted.replaceAll("(?m)^ +$", "");
        var made = Path.of("target/rules.yaml");
        Files.writeString(made, wanted);

        assertThat(text)
                .as("deploy/kubernetes/%s is what %s should be", made, file)
                .isEqualTo(wanted);
    }
}
