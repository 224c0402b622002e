package banking.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What PostgreSQL says of every statement while this is open: for tests that want to know what a
 * request costs, and no clock can tell.
 */
public final class StatementLog implements AutoCloseable {

    /** Entries are gathered, and written when it suits. */
    private static final String BESIDE = "audit_entry";

    private static final String STATEMENT = " LOG: ";
    private static final String PARAMETERS = "DETAIL: ";

    private final Path logs;
    private final Map<Path, Long> read = new HashMap<>();

    private StatementLog(Path logs) {
        this.logs = logs;
    }

    public static StatementLog open() {
        StatementLog log =
                new StatementLog(BankTestResource.addresses().directory().resolve("logs"));
        run("alter system set log_statement = 'all'");
        log.about("");
        return log;
    }

    private static void run(String sql) {
        try (var connection =
                        DriverManager.getConnection(BankTestResource.addresses().superuserUrl());
                var statement = connection.createStatement()) {
            statement.execute(sql);
            statement.execute("select pg_reload_conf()");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** How many statements had this among their parameters since it was asked last. */
    public long about(String value) {
        long found = 0;
        String statement = "";
        for (String line : news()) {
            if (line.contains(STATEMENT) || line.startsWith(STATEMENT.strip())) {
                statement = line;
            } else if (!line.contains(PARAMETERS)) {
                statement += line;
            } else if (line.contains(value) && !statement.contains(BESIDE)) {
                found++;
            }
        }
        return found;
    }

    private List<String> news() {
        try (Stream<Path> files = Files.list(logs)) {
            return files.filter(file -> file.toString().endsWith(".log"))
                    .flatMap(file -> news(file).lines())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String news(Path file) {
        try (var channel = Files.newByteChannel(file)) {
            long from = read.getOrDefault(file, 0L);
            long to = channel.size();
            read.put(file, to);
            var bytes = ByteBuffer.allocate(Math.toIntExact(to - from));
            channel.position(from);
            while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
                // Goes on.
            }
            return new String(bytes.array(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        run("alter system reset log_statement");
    }
}
