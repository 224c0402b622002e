package banking.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** Whether an alert fires on what a service tells, where Prometheus' own tool is installed. */
final class Alarm {

    private static final Path RULES = Path.of("../monitoring/rules.yaml").toAbsolutePath();
    private static final boolean INSTALLED =
            Pattern.compile(File.pathSeparator, Pattern.LITERAL)
                    .splitAsStream(System.getenv().getOrDefault("PATH", ""))
                    .anyMatch(folder -> Files.isExecutable(Path.of(folder, "promtool")));

    private Alarm() {}

    /** What the service tells of the metric, as Prometheus reads it. */
    static String told(ServiceProcess service, String metric)
            throws IOException, InterruptedException {
        try (var http = HttpClient.newHttpClient()) {
            var request =
                    HttpRequest.newBuilder(service.management().resolve("/q/metrics")).build();
            return http.send(request, BodyHandlers.ofString())
                    .body()
                    .lines()
                    .filter(line -> line.startsWith(metric))
                    .findFirst()
                    .orElse(metric + " 0.0");
        }
    }

    static double value(String sample) {
        return Double.parseDouble(sample.substring(sample.lastIndexOf(' ') + 1));
    }

    /**
     * @param age a sample in seconds, of what grows with every second that nothing happens
     */
    static void firesWhere(String alert, String severity, String age, Path folder)
            throws IOException, InterruptedException {
        if (!INSTALLED) {
            System.out.println("promtool is not installed: nobody looks whether alerts fire");
            return;
        }
        int end = age.lastIndexOf(' ');
        Files.writeString(
                folder.resolve("alarm.yaml"),
                """
                rule_files: ["%1$s"]
                evaluation_interval: 1m
                tests:
                  - interval: 1m
                    input_series:
                      - series: '%2$s'
                        values: '%3$s+60x10'
                    promql_expr_test:
                      - expr: ALERTS{alertname="%4$s",alertstate="firing"}
                        eval_time: 5m
                        exp_samples:
                          - labels: ALERTS{alertname="%4$s",alertstate="firing",severity="%5$s"}
                            value: 1
                """
                        .formatted(
                                RULES,
                                age.substring(0, end),
                                age.substring(end + 1),
                                alert,
                                severity));
        var promtool =
                new ProcessBuilder("promtool", "test", "rules", "alarm.yaml")
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .start();
        var said = new String(promtool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(promtool.waitFor()).as(said).isZero();
    }
}
