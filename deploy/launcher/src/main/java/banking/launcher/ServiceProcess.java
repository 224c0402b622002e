package banking.launcher;

import banking.embedded.ChildProcess;
import banking.embedded.StartFailure;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One service, which can be killed and started again on its port. */
public final class ServiceProcess implements AutoCloseable {

    private static final Duration READY_WITHIN = Duration.ofMinutes(2);
    private static final Duration PROBE_TIMEOUT = Duration.ofSeconds(5);
    private static final int PROBE_EVERY_MILLIS = 20;
    private static final int LOG_LINES = 15;

    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(PROBE_TIMEOUT).build();

    private final ServiceDefinition definition;
    private final Path log;
    private final Consumer<ChildProcess> started;
    private @Nullable ChildProcess process;

    ServiceProcess(ServiceDefinition definition, Path log, Consumer<ChildProcess> started) {
        this.definition = definition;
        this.log = log;
        this.started = started;
    }

    ServiceDefinition definition() {
        return definition;
    }

    public String name() {
        return definition.name();
    }

    public URI uri() {
        return URI.create("http://localhost:" + definition.ports().http());
    }

    /** Where it tells its health and its metrics. */
    public URI management() {
        return URI.create("http://localhost:" + definition.ports().management());
    }

    public long pid() {
        return current().pid();
    }

    public boolean isAlive() {
        return process != null && process.isAlive();
    }

    public Path log() {
        return log;
    }

    /** Returns at once; {@link #awaitReady()} waits. */
    public void start() {
        ChildProcess child =
                ChildProcess.start(
                        definition.program(),
                        definition.environment(),
                        log,
                        ChildProcess.StopSignal.TERM);
        process = child;
        started.accept(child);
    }

    /**
     * Waits for the service's own readiness check.
     *
     * @throws StartFailure with the end of its log when the service ended or takes too long
     */
    public void awaitReady() {
        long deadline = System.nanoTime() + READY_WITHIN.toNanos();
        try {
            while (!isReady()) {
                if (!current().isAlive()) {
                    throw new StartFailure(ended());
                }
                if (System.nanoTime() > deadline) {
                    throw new StartFailure(
                            String.format(
                                    Locale.ROOT,
                                    "The %s service was not ready within %d minutes%s",
                                    name(),
                                    READY_WITHIN.toMinutes(),
                                    endOfLog()));
                }
                Thread.sleep(PROBE_EVERY_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartFailure("Interrupted while waiting for the " + name() + " service", e);
        }
    }

    /** SIGKILL: it flushes nothing and says goodbye to nobody. */
    public void kill() {
        current().kill();
    }

    /** Lets the service answer what it has accepted, then ends it. */
    @Override
    public void close() {
        if (process != null) {
            process.close();
        }
    }

    void onExit(Runnable action) {
        current().onExit(action);
    }

    private ChildProcess current() {
        if (process == null) {
            throw new IllegalStateException("The " + name() + " service was never started");
        }
        return process;
    }

    String ended() {
        return "The " + name() + " service ended" + endOfLog();
    }

    private String endOfLog() {
        return ". Its log " + log + " ends with:\n" + current().lastLines(LOG_LINES);
    }

    private boolean isReady() throws InterruptedException {
        HttpRequest probe =
                HttpRequest.newBuilder(management().resolve("/q/health/ready"))
                        .timeout(PROBE_TIMEOUT)
                        .build();
        try {
            return HTTP.send(probe, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }
}
