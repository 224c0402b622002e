package banking.embedded;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A process that ends when its parent does, however the parent ends: its standard input is a pipe
 * that only the parent holds, and a watcher beside the process asks it to stop once that pipe
 * closes. Both are in a session of their own, so what the terminal or a supervisor sends to the
 * parent's group, Ctrl-C, a hang-up or worse, reaches neither: the parent decides the order in
 * which its children stop.
 */
public final class ChildProcess implements AutoCloseable {

    /** How long a process may take to stop before it is killed. */
    private static final int STOP_SECONDS = 30;

    /**
     * Replaces itself with the command, which therefore has the pid that the parent knows. A line
     * tells the watcher that the command has ended, so that it signals nobody who got the pid next;
     * without one the parent is gone. The watcher holds no output stream: a reader of the command's
     * output sees the end of it. What the command writes is its user's alone.
     */
    private static final String WATCHED =
            """
            trap '' INT HUP
            umask 077
            exec 3<&0
            (
                trap '' TERM
                read -r ended <&3 && exit
                kill -s "$0" $$ || exit
                for look in $(seq {looks}); do kill -0 $$ || exit; sleep 0.05; done
                kill -s KILL $$
            ) >/dev/null 2>&1 &
            exec "$@" 3<&- </dev/null
            """
                    .replace("{looks}", Integer.toString(STOP_SECONDS * 20));

    /** The signal that asks a process to stop in order. */
    public enum StopSignal {
        TERM,
        INT
    }

    private final Process process;
    private final Path log;
    private final StopSignal stop;

    private ChildProcess(Process process, Path log, StopSignal stop) {
        this.process = process;
        this.log = log;
        this.stop = stop;
    }

    /** Starts the command with its output, errors included, at the end of a log file. */
    public static ChildProcess start(
            List<String> command, Map<String, String> environment, Path log, StopSignal stop) {
        ProcessBuilder builder = watched(command, stop).redirectErrorStream(true);
        builder.environment().putAll(environment);
        builder.redirectOutput(Redirect.appendTo(log.toFile()));
        return start(builder, log, stop);
    }

    /**
     * Starts the command with its output readable through {@link #output()}, and without the
     * passwords that this process has been told.
     */
    static ChildProcess startReadable(List<String> command, Path log, StopSignal stop) {
        ProcessBuilder builder = watched(command, stop);
        builder.environment().keySet().removeIf(name -> name.contains("PASSWORD"));
        return start(builder.redirectError(Redirect.appendTo(log.toFile())), log, stop);
    }

    private static ProcessBuilder watched(List<String> command, StopSignal stop) {
        List<String> watched = new ArrayList<>(List.of("setsid", "sh", "-c", WATCHED, stop.name()));
        watched.addAll(command);
        return new ProcessBuilder(watched);
    }

    private static ChildProcess start(ProcessBuilder builder, Path log, StopSignal stop) {
        try {
            Directories.createPrivateFile(log);
            Process process = builder.start();
            var _ = process.onExit().thenAccept(ChildProcess::dismissWatcher);
            return new ChildProcess(process, log, stop);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public void onExit(Runnable action) {
        var _ = process.onExit().thenRun(action);
    }

    public Path log() {
        return log;
    }

    BufferedReader output() {
        return process.inputReader();
    }

    /** The last lines of the log that say why the process ended; stack frames do not. */
    public String lastLines(int count) {
        try (Stream<String> lines = Files.lines(log)) {
            List<String> all = lines.filter(line -> !line.startsWith("\tat ")).toList();
            return String.join("\n", all.subList(Math.max(0, all.size() - count), all.size()));
        } catch (IOException | UncheckedIOException e) {
            return "(no log: " + e.getMessage() + ")";
        }
    }

    /** SIGKILL: no shutdown hook runs, nothing is flushed. */
    public void kill() {
        process.toHandle().destroyForcibly();
        process.onExit().join();
    }

    /**
     * Asks the process to stop in order and kills it when that takes longer than allowed. It is
     * asked directly, because its watcher may have been killed.
     */
    public void stop(Duration allowed) {
        try {
            ask();
            if (!process.waitFor(allowed.toMillis(), TimeUnit.MILLISECONDS)) {
                kill();
            }
        } catch (IOException e) {
            kill();
        } catch (InterruptedException e) {
            kill();
            Thread.currentThread().interrupt();
        }
    }

    private void ask() throws IOException {
        switch (stop) {
            case TERM -> process.toHandle().destroy();
            // The JDK sends no other signals.
            case INT -> {
                if (process.isAlive()) {
                    new ProcessBuilder("sh", "-c", "kill -s INT $0", Long.toString(pid())).start();
                }
            }
        }
    }

    @Override
    public void close() {
        stop(Duration.ofSeconds(STOP_SECONDS));
    }

    private static void dismissWatcher(Process ended) {
        try (OutputStream watcher = ended.getOutputStream()) {
            watcher.write('\n');
        } catch (IOException e) {
            // It has been killed: nobody is left to dismiss.
        }
    }
}
