package banking.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The dashboards show something, on whatever Grafana and in whatever namespace. */
class DashboardsTest {

    private static final Path DASHBOARDS = Path.of("../monitoring/dashboards");
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{?([a-z]\\w*)}?");

    /** What Grafana puts into an expression, and what a label's value may be. */
    private static final Map<String, String> SET =
            Map.of("$__rate_interval", "1m", "$namespace", "bank", "$pod", ".*");

    record Dashboard(String file, JsonNode json) {

        List<JsonNode> targets() {
            return json.path("panels").findValues("targets").stream()
                    .flatMap(targets -> targets.valueStream())
                    .toList();
        }

        @Override
        public String toString() {
            return file;
        }
    }

    static Stream<Dashboard> dashboards() {
        return Manifests.files(DASHBOARDS).map(DashboardsTest::read);
    }

    private static Dashboard read(Path file) {
        try {
            var json = new JsonMapper().readTree(Manifests.read(file));
            return new Dashboard(file.getFileName().toString(), json);
        } catch (IOException e) {
            throw new IllegalArgumentException(file.toString(), e);
        }
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void prometheus_understands_every_expression(Dashboard dashboard) throws IOException {
        var rules = new YAMLMapper().createObjectNode();
        var group = rules.putArray("groups").addObject().put("name", dashboard.file());
        var list = group.putArray("rules");
        for (var target : dashboard.targets()) {
            var expression = target.path("expr").asText();
            for (var variable : SET.entrySet()) {
                expression = expression.replace(variable.getKey(), variable.getValue());
            }
            list.addObject().put("record", "panel:" + list.size()).put("expr", expression);
        }
        var file = Path.of("target", dashboard.file() + ".yaml");
        Files.writeString(file, new YAMLMapper().writeValueAsString(rules));

        assertThat(list).isNotEmpty();
        Tool.PROMTOOL.accepts(Path.of("."), "check", "rules", file.toString());
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void every_variable_is_one_that_can_be_chosen(Dashboard dashboard) {
        var chosen = new TreeSet<String>();
        dashboard
                .json()
                .at("/templating/list")
                .forEach(variable -> chosen.add(variable.path("name").asText()));
        var used = new TreeSet<String>();
        for (var target : dashboard.targets()) {
            VARIABLE.matcher(target.toString()).results().forEach(v -> used.add(v.group(1)));
        }

        assertThat(chosen).isEqualTo(used).containsExactly("datasource", "namespace", "pod");
        assertThat(dashboard.targets())
                .extracting(target -> target.at("/datasource/uid").asText())
                .containsOnly("${datasource}");
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void nothing_of_another_bank_is_shown(Dashboard dashboard) {
        for (var target : dashboard.targets()) {
            var expression = target.path("expr").asText();
            Pattern.compile("[a-z_]+\\{[^}]*}")
                    .matcher(expression)
                    .results()
                    .map(selector -> selector.group())
                    .filter(selector -> !selector.startsWith("ALERTS"))
                    .forEach(each -> assertThat(each).contains("namespace=~\"$namespace\""));
        }
    }

    @Test
    void no_two_panels_lie_on_each_other() {
        for (var dashboard : dashboards().toList()) {
            var taken = new HashSet<String>();
            for (var panel : dashboard.json().path("panels")) {
                var place = panel.path("gridPos");
                for (int x = 0; x < place.path("w").asInt(); x++) {
                    for (int y = 0; y < place.path("h").asInt(); y++) {
                        var cell =
                                (place.path("x").asInt() + x) + "," + (place.path("y").asInt() + y);
                        assertThat(taken.add(cell)).as(panel.path("title").asText()).isTrue();
                    }
                }
                assertThat(place.path("x").asInt() + place.path("w").asInt()).isLessThan(25);
            }
        }
    }

    /** Links and bookmarks name them. */
    @Test
    void their_addresses_stay() {
        assertThat(dashboards())
                .extracting(dashboard -> dashboard.json().path("uid").asText())
                .containsExactly("bank-overview", "bank-inside");
        for (var dashboard : dashboards().toList()) {
            assertThat(dashboard.json().at("/links/0/url").asText())
                    .matches("/d/(bank-overview|bank-inside)")
                    .isNotEqualTo("/d/" + dashboard.json().path("uid").asText());
        }
    }
}
