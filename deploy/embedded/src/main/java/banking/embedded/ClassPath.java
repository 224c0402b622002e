package banking.embedded;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URLClassLoader;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * What this program runs from. Whoever builds beside it replaces what Maven has made, and with it
 * the classes that have not been looked for yet: perhaps those that stop a bank.
 */
public final class ClassPath {

    /** Maven puts what it makes into folders of this name. */
    private static final String MADE = "/target/";

    private static final String CLASS = ".class";

    private ClassPath() {}

    /** Inside Maven our classes come from a loader that has its own list of jars. */
    static List<Path> current() {
        if (ClassPath.class.getClassLoader() instanceof URLClassLoader loader) {
            return Arrays.stream(loader.getURLs())
                    .map(url -> Path.of(URI.create(url.toString())))
                    .toList();
        }
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .map(Path::of)
                .toList();
    }

    /** The same, with what Maven has made copied into a directory. */
    public static List<Path> copiedInto(Path directory) throws IOException {
        List<Path> copied = new ArrayList<>();
        for (Path entry : current()) {
            if (isMade(entry)) {
                Path copy = directory.resolve(copied.size() + "-" + entry.getFileName());
                Directories.copy(entry, copy);
                copied.add(copy);
            } else {
                copied.add(entry);
            }
        }
        return copied;
    }

    /** Loads all that Maven has made, so that nothing of it is looked for later. */
    public static void load() throws IOException {
        for (Path entry : current()) {
            if (isMade(entry) && Files.isDirectory(entry)) {
                loadFrom(entry);
            } else if (isMade(entry)) {
                try (FileSystem jar = FileSystems.newFileSystem(entry)) {
                    loadFrom(jar.getPath("/"));
                }
            }
        }
    }

    private static boolean isMade(Path entry) {
        return entry.toAbsolutePath().toString().contains(MADE) && Files.exists(entry);
    }

    private static void loadFrom(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            files.map(file -> root.relativize(file).toString())
                    .filter(file -> file.endsWith(CLASS))
                    .forEach(ClassPath::load);
        }
    }

    private static void load(String file) {
        String name = file.substring(0, file.length() - CLASS.length()).replace('/', '.');
        try {
            Class.forName(name, false, ClassPath.class.getClassLoader());
        } catch (ClassNotFoundException | LinkageError e) {
            // It needs what only the tests of services have, so nobody will ask for it here.
        }
    }
}
