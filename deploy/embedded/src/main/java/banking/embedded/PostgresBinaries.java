package banking.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** Unpacks PostgreSQL once per user and version; later starts find it where it lies. */
final class PostgresBinaries {

    /** Root's own cache is where nobody else gets in. */
    private static final Path ROOTS_CACHE = Path.of("/var/cache");

    private static final Set<PosixFilePermission> EXECUTABLE =
            PosixFilePermissions.fromString("rwxr-xr-x");

    private static final Set<PosixFilePermission> READABLE =
            PosixFilePermissions.fromString("rw-r--r--");

    private PostgresBinaries() {}

    static Path unpacked() throws IOException {
        String archive = "/postgres-linux-" + architecture() + ".txz";
        URL resource =
                Objects.requireNonNull(
                        PostgresBinaries.class.getResource(archive),
                        () -> "No PostgreSQL for this machine: " + archive);
        Path home = cache().resolve(version(resource));
        if (!Files.isDirectory(home)) {
            Path cache = Files.createDirectories(home.resolveSibling(""));
            Path fresh = Files.createTempDirectory(cache, "unpacking");
            unpack(resource, fresh);
            makeReadable(fresh);
            Files.setPosixFilePermissions(cache, EXECUTABLE);
            publish(fresh, home);
        }
        return home;
    }

    private static String architecture() {
        String name = System.getProperty("os.arch", "");
        return switch (name) {
            case "amd64", "x86_64" -> "x86_64";
            case "aarch64", "arm64" -> "arm_64";
            default -> name;
        };
    }

    private static Path cache() {
        return Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
                .map(Path::of)
                .orElseGet(PostgresBinaries::usersCache)
                .resolve("banking");
    }

    private static Path usersCache() {
        return ServerUser.isRoot() && Files.isWritable(ROOTS_CACHE)
                ? ROOTS_CACHE
                : Path.of(System.getProperty("user.home"), ".cache");
    }

    /** The name of the jar carries the version and the machine. */
    private static String version(URL resource) {
        String jar = resource.getPath().replaceFirst("\\.jar!.*", "");
        return jar.substring(jar.lastIndexOf('/') + 1);
    }

    private static void unpack(URL resource, Path target) throws IOException {
        try (InputStream compressed = resource.openStream();
                TarArchiveInputStream archive =
                        new TarArchiveInputStream(new XZInputStream(compressed))) {
            for (TarArchiveEntry entry = archive.getNextEntry();
                    entry != null;
                    entry = archive.getNextEntry()) {
                Path path = target.resolve(entry.getName()).normalize();
                if (entry.isDirectory()) {
                    Files.createDirectories(path);
                } else {
                    Files.createDirectories(path.getParent());
                    writeEntry(archive, entry, path);
                }
            }
        }
    }

    private static void writeEntry(TarArchiveInputStream archive, TarArchiveEntry entry, Path path)
            throws IOException {
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
        } else {
            Files.copy(archive, path);
            if ((entry.getMode() & 0100) != 0 && !path.toFile().setExecutable(true)) {
                throw new IOException("Cannot make " + path + " executable");
            }
        }
    }

    /** For whoever PostgreSQL runs as; this process's own files may be closed to others. */
    private static void makeReadable(Path directory) throws IOException {
        try (Stream<Path> paths = Files.walk(directory)) {
            for (Path path : paths.filter(path -> !Files.isSymbolicLink(path)).toList()) {
                Files.setPosixFilePermissions(
                        path, Files.isExecutable(path) ? EXECUTABLE : READABLE);
            }
        }
    }

    /** Two processes may unpack at once: the rename decides, the loser's copy is thrown away. */
    private static void publish(Path fresh, Path home) throws IOException {
        try {
            Files.move(fresh, home, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            throw e;
        } catch (FileSystemException e) {
            Directories.delete(fresh);
            if (!Files.isDirectory(home)) {
                throw e;
            }
        }
    }
}
