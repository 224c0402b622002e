package banking.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** Unpacks PostgreSQL once per user and version; later starts find it where it lies. */
final class PostgresBinaries {

    private PostgresBinaries() {}

    static Path unpacked() throws IOException {
        String archive = "/postgres-linux-" + architecture() + ".txz";
        URL resource =
                Objects.requireNonNull(
                        PostgresBinaries.class.getResource(archive),
                        () -> "No PostgreSQL for this machine: " + archive);
        Path home = cache().resolve(version(resource));
        if (!Files.isDirectory(home)) {
            Files.createDirectories(home.getParent());
            Path fresh = Files.createTempDirectory(home.getParent(), "unpacking");
            unpack(resource, fresh);
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
                .orElseGet(() -> Path.of(System.getProperty("user.home"), ".cache"))
                .resolve("banking");
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
