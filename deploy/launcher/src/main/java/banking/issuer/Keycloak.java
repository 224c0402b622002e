package banking.issuer;

import banking.embedded.ChildProcess;
import banking.embedded.StartFailure;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A real Keycloak with the same realm, where Maven has fetched one: {@code -Pkeycloak}. */
public final class Keycloak implements Issuer {

    private static final Duration READY_WITHIN = Duration.ofMinutes(5);
    private static final Duration PROBE_TIMEOUT = Duration.ofSeconds(5);
    private static final int PROBE_EVERY_MILLIS = 200;
    private static final int LOG_LINES = 15;

    private final Path directory;
    private final int port;
    private final Path log;
    private final Consumer<ChildProcess> started;
    private @Nullable ChildProcess process;

    /**
     * @param directory where it is unpacked
     */
    public Keycloak(Path directory, int port, Path log, Consumer<ChildProcess> started) {
        this.directory = directory;
        this.port = port;
        this.log = log;
        this.started = started;
    }

    /** Where one is unpacked. */
    public static Optional<Path> directory() {
        return Optional.ofNullable(System.getProperty("bank.keycloak")).map(Path::of);
    }

    @Override
    public String url() {
        return "http://localhost:" + port + "/realms/bank";
    }

    @Override
    public void start() {
        try (InputStream realm = Keycloak.class.getResourceAsStream("/realm.json")) {
            Path imports = Files.createDirectories(directory.resolve("data/import"));
            Files.copy(
                    Objects.requireNonNull(realm),
                    imports.resolve("realm.json"),
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new StartFailure("Keycloak has no realm: " + e, e);
        }
        ChildProcess child =
                ChildProcess.start(
                        List.of(
                                "bash",
                                directory.resolve("bin/kc.sh").toString(),
                                "start-dev",
                                "--import-realm",
                                "--http-host=127.0.0.1",
                                "--http-port=" + port,
                                "--hostname=http://localhost:" + port),
                        Map.of("JAVA_HOME", System.getProperty("java.home")),
                        log,
                        ChildProcess.StopSignal.TERM);
        process = child;
        started.accept(child);
        awaitReady(child);
    }

    private void awaitReady(ChildProcess child) {
        long deadline = System.nanoTime() + READY_WITHIN.toNanos();
        try (HttpClient http = HttpClient.newBuilder().connectTimeout(PROBE_TIMEOUT).build()) {
            while (!isReady(http)) {
                if (!child.isAlive() || System.nanoTime() > deadline) {
                    throw new StartFailure(
                            "Keycloak did not start. Its log "
                                    + log
                                    + " ends with:\n"
                                    + child.lastLines(LOG_LINES));
                }
                Thread.sleep(PROBE_EVERY_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartFailure("Interrupted while waiting for Keycloak", e);
        }
    }

    private boolean isReady(HttpClient http) throws InterruptedException {
        HttpRequest probe =
                HttpRequest.newBuilder(URI.create(url() + "/.well-known/openid-configuration"))
                        .timeout(PROBE_TIMEOUT)
                        .build();
        try {
            return http.send(probe, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() {
        if (process != null) {
            process.close();
        }
    }
}
