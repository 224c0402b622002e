package banking.launcher;

import banking.embedded.Directories;
import banking.embedded.StartFailure;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Lets one bank at a time have a folder, and the next one only when the processes of the last have
 * ended.
 */
final class BankLock implements AutoCloseable {

    /** Longer than a child takes that stops because its launcher was killed. */
    private static final Duration LEFTOVERS_END_WITHIN = Duration.ofSeconds(60);

    private static final int LOOK_EVERY_MILLIS = 20;

    /** One that has ended and has no program any more is not always buried, and then never. */
    private static final int UNBURIED_LOOKS = 100;

    private final Path directory;
    private final FileChannel lock;

    private BankLock(Path directory, FileChannel lock) {
        this.directory = directory;
        this.lock = lock;
    }

    /**
     * @throws StartFailure when another bank has the folder
     */
    static BankLock take(Path directory) throws IOException {
        Path file = directory.resolve("lock");
        Directories.createPrivateFile(file);
        FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
        if (!locks(channel)) {
            channel.close();
            throw new StartFailure(
                    "Another bank is running on "
                            + directory
                            + ": stop it first, or choose another folder with"
                            + " -Dbank.directory=...");
        }
        BankLock taken = new BankLock(directory, channel);
        try {
            taken.awaitLeftovers();
            return taken;
        } catch (IOException | RuntimeException e) {
            taken.close();
            throw e;
        }
    }

    /** Remembers a child, so that the next bank here can wait for its end. */
    void remember(long pid) {
        ProcessHandle.of(pid)
                .flatMap(process -> process.info().startInstant())
                .ifPresent(started -> append(pid + " " + started.toEpochMilli() + "\n"));
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            throw new StartFailure("Cannot close the lock of " + directory, e);
        }
    }

    private static boolean locks(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            // This process itself holds it.
            return false;
        }
    }

    private Path processes() {
        return directory.resolve("processes");
    }

    private void append(String line) {
        try {
            Directories.createPrivateFile(processes());
            Files.writeString(processes(), line, StandardOpenOption.APPEND);
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
            leftover(line).ifPresent(process -> awaitEnd(process, deadline));
        }
        Files.delete(processes());
    }

    private void awaitEnd(ProcessHandle process, long deadline) {
        int unburied = 0;
        while (process.isAlive() && unburied < UNBURIED_LOOKS) {
            if (process.info().command().isEmpty()) {
                unburied++;
            } else if (System.nanoTime() > deadline) {
                throw new StartFailure(
                        "Process "
                                + process.pid()
                                + " of the last bank on "
                                + directory
                                + " does not end");
            }
            pause();
        }
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

    private static void pause() {
        try {
            Thread.sleep(LOOK_EVERY_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartFailure("Interrupted", e);
        }
    }
}
