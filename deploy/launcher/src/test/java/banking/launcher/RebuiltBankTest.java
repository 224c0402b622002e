package banking.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import banking.embedded.ClassPath;
import banking.embedded.Directories;
import banking.embedded.FreePorts;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bank that {@code ./mvnw -Pbank} starts, in a clone of its own. */
class RebuiltBankTest {

    private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(30);
    private static final int STOPS_WITHIN_SECONDS = 60;
    private static final String SECRET = "open sesame";

    private final int command = FreePorts.next();
    private final int query = FreePorts.next();

    @TempDir Path directory;

    private Path clone;
    private Process bank;
    private BufferedReader output;

    @BeforeEach
    void start() throws IOException {
        clone = directory.resolve("clone");
        for (String service : List.of("command", "query")) {
            Path target = Path.of("banking-" + service + "-service", "target");
            Files.createDirectories(clone.resolve(target));
            Path application = target.resolve("quarkus-app");
            Directories.copy(Path.of("../..").resolve(application), clone.resolve(application));
        }
        String classPath =
                ClassPath.copiedInto(Files.createDirectory(clone.resolve("target"))).stream()
                        .map(Path::toString)
                        .collect(Collectors.joining(File.pathSeparator));
        ProcessBuilder launcher =
                new ProcessBuilder(
                        "setsid",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dbank.directory=" + directory.resolve("bank"),
                        "-Dbank.command.port=" + command,
                        "-Dbank.query.port=" + query,
                        "-Dbank.issuer.port=" + FreePorts.next(),
                        "-cp",
                        classPath,
                        Bank.class.getName(),
                        clone.toString());
        launcher.environment().put("SOMEBODYS_PASSWORD", SECRET);
        bank = launcher.redirectErrorStream(true).start();
        output = bank.inputReader(StandardCharsets.UTF_8);
        assertThat(output.lines().anyMatch(line -> line.startsWith("The bank is open"))).isTrue();
    }

    @AfterEach
    void end() {
        bank.destroyForcibly();
    }

    @Test
    void a_bank_whose_clone_was_cleaned_answers_everything_and_stops_in_order() throws Exception {
        List<ProcessHandle> children = bank.descendants().toList();
        Directories.delete(clone);

        assertThat(status(command, "/policies")).isEqualTo(200);
        assertThat(status(command, "/streams/account")).isEqualTo(200);
        assertThat(status(query, "/projections")).isEqualTo(200);
        assertThat(status(query, "/ledger/trial-balance")).isEqualTo(200);
        assertThat(children).noneMatch(RebuiltBankTest::showsAPassword);
        assertThat(children.stream().filter(RebuiltBankTest::isAServer).map(this::environment))
                .isNotEmpty()
                .noneMatch(variables -> variables.contains(SECRET));

        new ProcessBuilder("kill", "-s", "TERM", "--", "-" + bank.pid()).start().waitFor();
        assertThat(output.lines().toList()).endsWith("Stopped.");
        assertThat(bank.waitFor(STOPS_WITHIN_SECONDS, TimeUnit.SECONDS)).isTrue();
        Awaitility.await().until(() -> children.stream().noneMatch(RebuiltBankTest::runs));
        assertThat(log("command-" + command)).contains("banking-command-service stopped in");
        assertThat(log("query-" + query)).contains("banking-query-service stopped in");
        assertThat(log("postgres")).contains("database system is shut down");
    }

    /** One that has ended but was not buried yet has no program any more. */
    private static boolean runs(ProcessHandle process) {
        return process.isAlive() && process.info().command().isPresent();
    }

    private static boolean showsAPassword(ProcessHandle process) {
        String words = process.info().commandLine().orElse("");
        return Stream.of("password=", "user=", SECRET).anyMatch(words::contains);
    }

    private static boolean isAServer(ProcessHandle process) {
        String words = process.info().commandLine().orElse("");
        return words.contains("InfrastructureMain") || words.contains("bin/postgres");
    }

    private String environment(ProcessHandle process) {
        try {
            return Files.readString(Path.of("/proc/" + process.pid() + "/environ"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private String log(String name) throws IOException {
        return Files.readString(directory.resolve("bank/logs").resolve(name + ".log"));
    }

    private static int status(int port, String path) throws Exception {
        String operator =
                Base64.getEncoder()
                        .encodeToString("operator:operator".getBytes(StandardCharsets.UTF_8));
        HttpRequest request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .timeout(ANSWERS_WITHIN)
                        .header("Authorization", "Basic " + operator)
                        .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        }
    }
}
