package banking.launcher;

import banking.embedded.ChildProcess;
import banking.embedded.Directories;
import banking.embedded.StartFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Where one bank keeps its data and logs; only one bank at a time can have it open. */
final class BankDirectory implements AutoCloseable {

    static final long NEEDED_BYTES = 768L << 20;

    private final Path path;
    private final BankLock lock;

    private BankDirectory(Path path, BankLock lock) {
        this.path = path;
        this.lock = lock;
    }

    static BankDirectory open(Path path, boolean fresh, long neededBytes) {
        try {
            BankDirectory directory = take(path);
            try {
                directory.clear(fresh);
                requireSpace(path, neededBytes);
                return directory;
            } catch (IOException | RuntimeException e) {
                directory.close();
                throw e;
            }
        } catch (IOException e) {
            throw unusable(path, e);
        }
    }

    /**
     * Changes nothing yet.
     *
     * @throws StartFailure when a bank could not open it
     */
    static void look(Path path, boolean fresh) {
        try (BankDirectory _ = take(path)) {
            if (!fresh) {
                requireSpace(path, NEEDED_BYTES);
            }
        } catch (IOException e) {
            throw unusable(path, e);
        }
    }

    private static BankDirectory take(Path path) throws IOException {
        Directories.createForServers(path);
        return new BankDirectory(path, BankLock.take(path));
    }

    private static StartFailure unusable(Path path, IOException e) {
        return new StartFailure("Cannot use the data folder " + path + ": " + e, e);
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

    /** Where the issuer of tokens keeps its key. */
    Path issuer() {
        return path.resolve("issuer");
    }

    /** For the files of keys that the services are started with. */
    Path keys() {
        return path.resolve("keys");
    }

    /** For copies of what runs, so that a build beside the running bank harms nothing. */
    Path run() {
        return path.resolve("run");
    }

    /** Remembers a child, so that the next bank here can wait for its end. */
    void remember(ChildProcess child) {
        lock.remember(child.pid());
    }

    @Override
    public void close() {
        lock.close();
    }

    private void clear(boolean fresh) throws IOException {
        Directories.delete(logs());
        Directories.delete(run());
        if (fresh) {
            for (String server : List.of("postgres", "kafka", "mails", "issuer", "keys")) {
                Directories.delete(path.resolve(server));
            }
        }
        Directories.createPrivate(logs());
        Directories.createPrivate(run());
    }

    private static void requireSpace(Path path, long neededBytes) throws IOException {
        long usable = Files.getFileStore(path).getUsableSpace();
        if (usable < neededBytes) {
            throw new StartFailure(
                    "Only "
                            + (usable >> 20)
                            + " MB are free in "
                            + path
                            + ", but the bank needs "
                            + (neededBytes >> 20)
                            + " MB");
        }
    }
}
