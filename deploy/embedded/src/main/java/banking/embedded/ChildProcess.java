package banking.embedded;

import java.io.BufferedReader;
import java.io.IOException;
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
 * closes. The terminal's Ctrl-C and hang-up do not reach it, so the parent decides the order in
 * which its children stop.
 */
public final class ChildProcess implements AutoCloseable {

    /** How long an orphan may take to stop before its watcher kills it. */
    private static final int ORPHAN_SECONDS = 30;

    /**
     * Replaces itself with the command, which therefore has the pid that the parent knows. The
     * command gets a session of its own, because ignoring the terminal's signals is not enough for
     * a program that, like PostgreSQL, listens to them again. The watcher holds no output stream: a
     * reader of the command's output sees the end of it.
     */
    private static final String WATCHED =
            """
            trap '' INT HUP
            exec 3<&0
            (
                while read -r ignored <&3; do :; done
                kill -s "$0" $$ || exit
                for look in $(seq {looks}); do kill -0 $$ || exit; sleep 0.05; done
                kill -s KILL $$
            ) >/dev/null 2>&1 &
            command -v setsid >/dev/null && set -- setsid "$@"
            exec "$@" 3<&- </dev/null
            """
                    .replace("{looks}", Integer.toString(ORPHAN_SECONDS * 20));

    /** The signal that asks a process to stop in order. */
    public enum StopSignal {
        TERM,
        INT
    }

    private final Process process;
    private final Path log;

    private ChildProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** Starts the command with its output, errors included, at the end of a log file. */
    public static ChildProcess start(
            List<String> command, Map<String, String> environment, Path log, StopSignal stop) {
        ProcessBuilder builder = watched(command, stop).redirectErrorStream(true);
        builder.environment().putAll(environment);
        builder.redirectOutput(Redirect.appendTo(log.toFile()));
        return start(builder, log);
    }

    /** Starts the command with its output readable through {@link #output()}. */
    static ChildProcess startReadable(List<String> command, Path log, StopSignal stop) {
        return start(watched(command, stop).redirectError(Redirect.appendTo(log.toFile())), log);
    }

    private static ProcessBuilder watched(List<String> command, StopSignal stop) {
        List<String> watched = new ArrayList<>(List.of("sh", "-c", WATCHED, stop.name()));
        watched.addAll(command);
        return new ProcessBuilder(watched);
    }

    private static ChildProcess start(ProcessBuilder builder, Path log) {
        try {
            Process process = builder.start();
            // Dismisses the watcher of a process that has already ended.
            var _ = process.onExit().thenAccept(ChildProcess::closeInput);
            return new ChildProcess(process, log);
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
        process.destroyForcibly().onExit().join();
    }

    /** Asks the process to stop in order and kills it when that takes longer than allowed. */
    public void stop(Duration allowed) {
        closeInput(process);
        try {
            if (!process.waitFor(allowed.toMillis(), TimeUnit.MILLISECONDS)) {
                kill();
            }
        } catch (InterruptedException e) {
            kill();
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        stop(Duration.ofSeconds(ORPHAN_SECONDS));
    }

    private static void closeInput(Process process) {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            // The other end is gone already, which is what closing is for.
        }
    }
}
