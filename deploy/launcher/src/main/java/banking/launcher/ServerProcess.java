package banking.launcher;

import banking.embedded.Addresses;
import banking.embedded.ChildProcess;
import banking.embedded.Infrastructure;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** PostgreSQL or Kafka, which can be killed and started again on its port and data. */
public final class ServerProcess implements AutoCloseable {

    private final Infrastructure.Settings settings;
    private final Consumer<ChildProcess> started;
    private @Nullable Infrastructure server;

    ServerProcess(Infrastructure.Settings settings, Consumer<ChildProcess> started) {
        this.settings = settings;
        this.started = started;
    }

    /** Returns at once; {@link #awaitReady()} waits. */
    public void start() {
        Infrastructure launched = Infrastructure.launch(settings);
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

    /** SIGKILL to the process that runs the server. */
    public void kill() {
        current().process().kill();
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
