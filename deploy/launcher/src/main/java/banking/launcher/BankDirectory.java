package banking.launcher;

import banking.embedded.ChildProcess;
import banking.embedded.Directories;
import banking.embedded.StartFailure;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Where one bank keeps its data and logs; only one bank at a time can have it open. */
final class BankDirectory implements AutoCloseable {

    static final long NEEDED_BYTES = 512L << 20;

    /** Longer than a child takes that stops because its launcher was killed. */
    private static final Duration LEFTOVERS_END_WITHIN = Duration.ofSeconds(60);

    private final Path path;
    private final FileChannel lock;

    private BankDirectory(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    static BankDirectory open(Path path, boolean fresh, long neededBytes) {
        try {
            Files.createDirectories(path);
            BankDirectory directory = new BankDirectory(path, lock(path));
            try {
                directory.awaitLeftovers();
                directory.clear(fresh);
                requireSpace(path, neededBytes);
                return directory;
            } catch (IOException | RuntimeException e) {
                directory.close();
                throw e;
            }
        } catch (IOException e) {
            throw new StartFailure("Cannot use the data folder " + path + ": " + e, e);
        }
    }

    Path path() {
        return path;
    }

    Path logs() {
        return path.resolve("logs");
    }

    Path mails() {
        return path.resolve("mails");
    }

    /** Remembers a child, so that the next bank here can wait for its end. */
    void remember(ChildProcess child) {
        ProcessHandle.of(child.pid())
                .flatMap(process -> process.info().startInstant())
                .ifPresent(started -> append(child.pid() + " " + started.toEpochMilli() + "\n"));
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            throw new StartFailure("Cannot close the lock of " + path, e);
        }
    }

    private static FileChannel lock(Path path) throws IOException {
        FileChannel channel =
                FileChannel.open(
                        path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (tryLock(channel) == null) {
            channel.close();
            throw new StartFailure(
                    "Another bank is running on "
                            + path
                            + ": stop it first, or choose another folder with"
                            + " -Dbank.directory=...");
        }
        return channel;
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            // This process itself holds it.
            return null;
        }
    }

    private Path processes() {
        return path.resolve("processes");
    }

    private void append(String line) {
        try {
            Files.writeString(
                    processes(), line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new StartFailure("Cannot write to " + processes() + ": " + e, e);
        }
    }

    /** The children of a killed launcher end by themselves, but that takes them a moment. */
    private void awaitLeftovers() throws IOException {
        if (!Files.exists(processes())) {
            return;
        }
        long deadline = System.nanoTime() + LEFTOVERS_END_WITHIN.toNanos();
        for (String line : Files.readAllLines(processes())) {
            Optional<ProcessHandle> leftover = leftover(line);
            if (leftover.isPresent()) {
                awaitEnd(leftover.get(), deadline - System.nanoTime());
            }
        }
        Files.delete(processes());
    }

    private static Optional<ProcessHandle> leftover(String line) {
        if (!line.matches("\\d{1,18} \\d{1,18}")) {
            // The machine went down while the line was written, and the process with it.
            return Optional.empty();
        }
        String[] words = line.split(" ", -1);
        Instant started = Instant.ofEpochMilli(Long.parseLong(words[1]));
        return ProcessHandle.of(Long.parseLong(words[0]))
                .filter(process -> process.info().startInstant().equals(Optional.of(started)));
    }

    private void awaitEnd(ProcessHandle process, long nanos) {
        try {
            process.onExit().get(nanos, TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new StartFailure(
                    "Process " + process.pid() + " of the last bank on " + path + " does not end",
                    e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartFailure("Interrupted", e);
        }
    }

    private void clear(boolean fresh) throws IOException {
        Directories.delete(logs());
        if (fresh) {
            for (String server : List.of("postgres", "kafka", "mails")) {
                Directories.delete(path.resolve(server));
            }
        }
        Files.createDirectories(logs());
    }

    private static void requireSpace(Path path, long neededBytes) throws IOException {
        long usable = Files.getFileStore(path).getUsableSpace();
        if (usable < neededBytes) {
            throw new StartFailure(
                    String.format(
                            Locale.ROOT,
                            "Only %d MB are free in %s, but the bank needs %d MB",
                            usable >> 20,
                            path,
                            neededBytes >> 20));
        }
    }
}
