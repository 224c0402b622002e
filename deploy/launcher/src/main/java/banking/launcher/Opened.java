package banking.launcher;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** What has been opened for a bank: the services close first, then the servers that they need. */
final class Opened implements AutoCloseable {

    private static final Executor THREADS = task -> Thread.ofPlatform().start(task);

    private final List<AutoCloseable> servers = new ArrayList<>();
    private final List<AutoCloseable> services = new ArrayList<>();
    private final AutoCloseable last;
    private final Consumer<Exception> failures;
    private boolean closed;

    /**
     * @param last closes after all else
     * @param failures learns what keeps something from closing
     */
    Opened(AutoCloseable last, Consumer<Exception> failures) {
        this.last = last;
        this.failures = failures;
    }

    /**
     * @throws CancellationException when all has been closed already
     */
    void server(AutoCloseable server, Runnable start) {
        open(servers, server, start);
    }

    /**
     * @throws CancellationException when all has been closed already
     */
    void service(AutoCloseable service, Runnable start) {
        open(services, service, start);
    }

    private synchronized void open(List<AutoCloseable> among, AutoCloseable each, Runnable start) {
        if (closed) {
            throw new CancellationException("Closed while starting");
        }
        among.add(each);
        start.run();
    }

    /**
     * Does something in which all is opened, or closes all.
     *
     * @throws CancellationException when all was closed meanwhile
     */
    void orClosed(Runnable start) {
        try {
            start.run();
        } catch (RuntimeException e) {
            boolean cancelled = isClosed();
            close();
            throw cancelled ? new CancellationException("Closed while starting") : e;
        }
    }

    synchronized boolean isClosed() {
        return closed;
    }

    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        // Nothing is added any more.
        closeTogether(services);
        closeTogether(servers);
        close(last);
    }

    /** One that takes its time, or is frozen, holds up no other. */
    private void closeTogether(List<AutoCloseable> all) {
        CompletableFuture.allOf(
                        all.stream()
                                .map(each -> CompletableFuture.runAsync(() -> close(each), THREADS))
                                .toArray(CompletableFuture<?>[]::new))
                .join();
    }

    private void close(AutoCloseable each) {
        try {
            each.close();
        } catch (Exception e) {
            failures.accept(e);
        }
    }
}
