package banking.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pods come and go while Kafka is away, and callers are none the wiser. */
class KafkaAwayTest {

    /** What a pod is given, without the five seconds that its Service takes to forget it. */
    private static final Duration GRACE = Duration.ofSeconds(55);

    private static final String WAITS = "bank_outbox_oldest_age_seconds";

    @TempDir Path directory;

    private BankSettings settings;
    private LocalServers servers;

    @BeforeEach
    void start() {
        settings = BankSettings.onFreePorts(Path.of("../.."), directory);
        servers = LocalServers.open(settings, new Progress(line -> {}));
        servers.start();
        servers.kafka().kill();
    }

    @AfterEach
    void stop() {
        servers.close();
    }

    @Test
    void both_services_start_are_ready_answer_and_stop_in_time() throws Exception {
        ServiceProcess command = service(settings.command(), Map.of());
        ServiceProcess query = service(settings.query(), Map.of());
        ServiceProcess readsOnly =
                service(
                        settings.query().on(ServicePorts.free()),
                        Map.of("BANK_PROJECTION_RUN", "false"));
        List<ServiceProcess> all = List.of(command, query, readsOnly);
        try {
            all.forEach(ServiceProcess::start);
            all.forEach(ServiceProcess::awaitReady);

            String account = "{\"owner\":\"Alice\",\"currency\":\"EUR\"}";
            var post = BodyPublishers.ofString(account);
            assertThat(answer(request(command.uri(), "/accounts").POST(post))).isEqualTo(201);
            for (ServiceProcess service : all) {
                for (String path : List.of("live", "ready", "started")) {
                    assertThat(answer(request(service.management(), "/q/health/" + path)))
                            .as(service.name() + " " + path)
                            .isEqualTo(200);
                }
            }
            Awaitility.await()
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> Alarm.value(Alarm.told(command, WAITS)) > 1);
            var age = Alarm.told(command, WAITS);
            Alarm.firesWhere("BankOutboxStuck", "critical", age, directory);
            assertThat(answer(request(query.uri(), "/accounts"))).isEqualTo(200);
            assertThat(answer(request(readsOnly.uri(), "/accounts"))).isEqualTo(200);
        } finally {
            for (ServiceProcess service : all) {
                long begun = System.nanoTime();
                service.close();
                var took = Duration.ofNanos(System.nanoTime() - begun);
                System.out.println(service.name() + " stopped after " + took);
                assertThat(took).isLessThan(GRACE);
            }
        }
    }

    private ServiceProcess service(ServiceDefinition definition, Map<String, String> environment)
            throws IOException {
        ServiceDefinition wired =
                definition
                        .wiredTo(servers.database(definition.name()), servers.bootstrapServers())
                        .keyedFrom(servers.directory().keys())
                        .with(environment);
        return new ServiceProcess(wired, directory.resolve(wired.logName()), started -> {});
    }

    private static HttpRequest.Builder request(URI service, String path) {
        String caller =
                Base64.getEncoder()
                        .encodeToString("teller:teller".getBytes(StandardCharsets.UTF_8));
        return HttpRequest.newBuilder(service.resolve(path))
                .header("Content-Type", "application/json")
                .header("Authorization", "Basic " + caller);
    }

    private static int answer(HttpRequest.Builder request)
            throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(request.build(), BodyHandlers.discarding()).statusCode();
        }
    }
}
