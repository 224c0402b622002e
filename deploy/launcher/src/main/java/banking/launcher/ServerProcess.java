package banking.launcher;

import banking.embedded.Addresses;
import banking.embedded.ChildProcess;
import banking.embedded.Infrastructure;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** PostgreSQL or Kafka, which can be killed and started again on its port and data. */
public final class ServerProcess implements AutoCloseable {

    private static final Duration GONE_WITHIN = Duration.ofSeconds(5);

    private final Infrastructure.Settings settings;
    private final List<Path> classPath;
    private final Consumer<ChildProcess> started;
    private @Nullable Infrastructure server;

    ServerProcess(
            Infrastructure.Settings settings,
            List<Path> classPath,
            Consumer<ChildProcess> started) {
        this.settings = settings;
        this.classPath = classPath;
        this.started = started;
    }

    /** Returns at once; {@link #awaitReady()} waits. */
    public void start() {
        Infrastructure launched = Infrastructure.launch(settings, classPath);
        server = launched;
        started.accept(launched.process());
    }

    public void awaitReady() {
        current().awaitReady();
    }

    public Addresses addresses() {
        return current().addresses();
    }

    Path log() {
        return current().process().log();
    }

    public long pid() {
        return current().process().pid();
    }

    /** SIGKILL to the server and all its processes, so that none of them stops in order. */
    public void kill() {
        ChildProcess process = current().process();
        List<ProcessHandle> others =
                ProcessHandle.of(process.pid()).stream()
                        .flatMap(ProcessHandle::descendants)
                        .toList();
        others.forEach(ProcessHandle::destroyForcibly);
        process.kill();
        long deadline = System.nanoTime() + GONE_WITHIN.toNanos();
        others.forEach(other -> awaitEnd(other, deadline - System.nanoTime()));
    }

    /** One that nobody has buried yet holds neither memory nor a port, so no harm is done. */
    private static void awaitEnd(ProcessHandle process, long nanos) {
        var _ = process.onExit().completeOnTimeout(process, nanos, TimeUnit.NANOSECONDS).join();
    }

    @Override
    public void close() {
        if (server != null) {
            server.close();
        }
    }

    void onExit(Runnable action) {
        current().process().onExit(action);
    }

    private Infrastructure current() {
        if (server == null) {
            throw new IllegalStateException("The server was never started");
        }
        return server;
    }
}
