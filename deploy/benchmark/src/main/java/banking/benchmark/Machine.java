package banking.benchmark;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What the figures were measured on.
 *
 * @param load the machine's load average at the beginning: whether something else was running
 */
record Machine(
        int cores,
        String processor,
        double load,
        String java,
        String postgres,
        String fsync,
        String synchronousCommit,
        String sharedBuffers,
        String maxWalSize) {

    static Machine here(Books books) throws IOException, SQLException {
        return new Machine(
                Runtime.getRuntime().availableProcessors(),
                modelName(),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
                Runtime.version().toString(),
                books.setting("server_version"),
                books.setting("fsync"),
                books.setting("synchronous_commit"),
                books.setting("shared_buffers"),
                books.setting("max_wal_size"));
    }

    boolean isDurable() {
        return fsync.equals("on") && synchronousCommit.equals("on");
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%d cores, %s, load average %.1f, Java %s, PostgreSQL %s (fsync %s, synchronous_commit %s, shared_buffers %s, max_wal_size %s)",
                cores,
                processor,
                load,
                java,
                postgres,
                fsync,
                synchronousCommit,
                sharedBuffers,
                maxWalSize);
    }

    private static String modelName() throws IOException {
        Path file = Path.of("/proc/cpuinfo");
        if (!Files.isReadable(file)) {
            return System.getProperty("os.arch", "unknown");
        }
        try (Stream<String> lines = Files.lines(file)) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(System.getProperty("os.arch", "unknown"));
        }
    }
}
