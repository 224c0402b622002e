package banking.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What the JDK lacks for whole directories, and for those that are nobody else's business. */
public final class Directories {

    private static final Set<PosixFilePermission> OWNER =
            PosixFilePermissions.fromString("rwx------");

    private static final Set<PosixFilePermission> OWNERS_FILE =
            PosixFilePermissions.fromString("rw-------");

    private Directories() {}

    /** Only its owner gets in, also where it was there before. */
    public static void createPrivate(Path directory) throws IOException {
        Files.createDirectories(directory, PosixFilePermissions.asFileAttribute(OWNER));
        Files.setPosixFilePermissions(directory, OWNER);
    }

    /**
     * Only its owner gets in, and only PostgreSQL, which may run as another user, gets through. One
     * that is there already stays as it is: it may be somebody's on purpose.
     */
    public static void createForServers(Path directory) throws IOException {
        if (Files.notExists(directory)) {
            createPrivate(directory);
            ServerUser.letThrough(directory);
        }
    }

    /** One that is there already stays as it is. */
    public static void createPrivateFile(Path file) throws IOException {
        try {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(OWNERS_FILE));
        } catch (FileAlreadyExistsException e) {
            // What is in it stays, too.
        }
    }

    /**
     * For its owner alone: a file, or a directory with all that is in it, where nothing is yet.
     * Each stays as old as it is: a JVM's cache is only good for the same jars.
     */
    public static void copy(Path from, Path to) throws IOException {
        for (Path path : all(from)) {
            Path copy = to.resolve(from.relativize(path));
            Files.copy(path, copy, StandardCopyOption.COPY_ATTRIBUTES);
            Files.setPosixFilePermissions(copy, Files.isDirectory(copy) ? OWNER : OWNERS_FILE);
        }
    }

    public static void delete(Path directory) throws IOException {
        if (Files.exists(directory)) {
            for (Path path : all(directory).reversed()) {
                Files.delete(path);
            }
        }
    }

    /** Each directory before what is in it. */
    private static List<Path> all(Path directory) throws IOException {
        try (Stream<Path> paths = Files.walk(directory)) {
            return paths.toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
