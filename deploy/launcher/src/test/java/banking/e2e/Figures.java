package banking.e2e;

import static banking.e2e.BankClient.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import banking.launcher.ServiceProcess;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** What rules and dashboards look for, and what running services tell. */
final class Figures {

    private static final Path MONITORING = Path.of("../monitoring");

    /** Told by what the services stand on, and by Prometheus itself. */
    private static final Pattern ELSEWHERE =
            Pattern.compile(
                    "(ALERTS|up|(barman|certmanager|cnpg|container|kafka_server|kube|strimzi)_.*)");

    /** What Prometheus adds to whatever a pod tells. */
    private static final Set<String> OF_THE_POD = Set.of("namespace", "pod", "service");

    private static final Pattern EXPRESSION = Pattern.compile("\"?expr\"?: \"?(.+)");
    private static final Pattern METRIC =
            Pattern.compile("(?<![\\w:\"$])([a-zA-Z][a-z0-9]*_\\w+|up)(?!\\w|\\()(\\{[^}]*})?");
    private static final Pattern GROUPING = Pattern.compile("\\b(by|on) \\([^)]*\\)");
    private static final Pattern LABEL = Pattern.compile("(\\w+)(=~|!~|!=|=)\"([^\"]*)\"");

    private Figures() {}

    /** Everything that a rule or a panel selects is there, once the books have been looked into. */
    static void awaitAll(List<ServiceProcess> services) throws IOException {
        var selectors = selectors();
        eventually().untilAsserted(() -> assertThat(missing(selectors, services)).isEmpty());
    }

    private static Set<String> missing(List<MatchResult> selectors, List<ServiceProcess> services)
            throws IOException, InterruptedException {
        var told = told(services);
        var missing = new TreeSet<String>();
        for (var selector : selectors) {
            var metric = selector.group(1);
            var labels = selector.group(2);
            if (!ELSEWHERE.matcher(metric).matches()
                    && told.getOrDefault(metric, List.of()).stream()
                            .noneMatch(sample -> fits(sample, labels == null ? "" : labels))) {
                missing.add(selector.group());
            }
        }
        return missing;
    }

    private static boolean fits(Map<String, String> sample, String selector) {
        return LABEL.matcher(selector)
                .results()
                .filter(label -> !OF_THE_POD.contains(label.group(1)))
                .allMatch(
                        label -> {
                            var value = sample.get(label.group(1));
                            return value != null
                                    && (!label.group(2).equals("=")
                                            || value.equals(label.group(3)));
                        });
    }

    private static List<MatchResult> selectors() throws IOException {
        var selectors = new ArrayList<MatchResult>();
        try (var files = Files.walk(MONITORING)) {
            for (var file : files.filter(Figures::isUsed).toList()) {
                EXPRESSION
                        .matcher(Files.readString(file))
                        .results()
                        .map(expression -> expression.group(1).replace("\\\"", "\""))
                        .map(expression -> GROUPING.matcher(expression).replaceAll(""))
                        .flatMap(expression -> METRIC.matcher(expression).results())
                        .forEach(selectors::add);
            }
        }
        assertThat(selectors).hasSizeGreaterThan(100);
        return selectors;
    }

    private static boolean isUsed(Path file) {
        return file.endsWith("rules.yaml") || file.toString().endsWith(".json");
    }

    /** The labels of each sample, by the metric's name. */
    private static Map<String, List<Map<String, String>>> told(List<ServiceProcess> services)
            throws IOException, InterruptedException {
        var told = new HashMap<String, List<Map<String, String>>>();
        try (var http = HttpClient.newHttpClient()) {
            for (var service : services) {
                var request =
                        HttpRequest.newBuilder(service.management().resolve("/q/metrics")).build();
                http.send(request, BodyHandlers.ofLines())
                        .body()
                        .filter(line -> !line.startsWith("#"))
                        .forEach(line -> add(line, told));
            }
        }
        return told;
    }

    private static void add(String line, Map<String, List<Map<String, String>>> told) {
        var labels = new HashMap<String, String>();
        LABEL.matcher(line).results().forEach(l -> labels.put(l.group(1), l.group(3)));
        told.computeIfAbsent(line.split("[{ ]", 2)[0], name -> new ArrayList<>()).add(labels);
    }
}
