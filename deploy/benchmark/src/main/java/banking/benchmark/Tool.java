package banking.benchmark;

import banking.embedded.StartFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A program of the machine's, run as a process of its own. */
final class Tool {

    private static final Path POSTGRESQL = Path.of("/usr/lib/postgresql");

    private Tool() {}

    /**
     * Looks on the PATH and where Debian keeps what belongs to one version of PostgreSQL.
     *
     * @param install what to tell whoever lacks it
     */
    static Path find(String name, String install) throws IOException {
        try (Stream<Path> versions =
                Files.isDirectory(POSTGRESQL) ? Files.list(POSTGRESQL) : Stream.empty()) {
            Stream<Path> path =
                    Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":", -1))
                            .filter(folder -> !folder.isEmpty())
                            .map(Path::of);
            Stream<Path> debian =
                    versions.sorted(Comparator.reverseOrder())
                            .map(version -> version.resolve("bin"));
            // The wrapper that Debian has on the PATH chooses among versions by local clusters.
            return Stream.concat(debian, path)
                    .map(folder -> folder.resolve(name))
                    .filter(Files::isExecutable)
                    .findFirst()
                    .orElseThrow(() -> new StartFailure("There is no " + name + ": " + install));
        }
    }

    /**
     * @param secrets what everybody could read on its command line, in its environment
     */
    static Process start(List<String> command, Map<String, String> secrets) throws IOException {
        ProcessBuilder tool = new ProcessBuilder(command).redirectErrorStream(true);
        tool.environment().putAll(secrets);
        return tool.start();
    }

    /** The whole output, once the process has ended well. */
    static String output(Process process) throws IOException, InterruptedException {
        try {
            String text =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int exit = process.waitFor();
            if (exit != 0) {
                throw new IllegalStateException(
                        process.info().command().orElse("") + " ended with " + exit + ":\n" + text);
            }
            return text;
        } finally {
            process.destroy();
        }
    }

    static String run(List<String> command, Map<String, String> secrets)
            throws IOException, InterruptedException {
        return output(start(command, secrets));
    }

    static String resource(String name) throws IOException {
        try (var stream = Tool.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IllegalStateException(name + " is missing");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
