package banking.benchmark;

import banking.embedded.Addresses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the same PostgreSQL does without a bank: one transaction of three statements per command,
 * prepared, from pgbench.
 */
final class Pgbench {

    private static final String DATABASE = "pgbench";

    private static final List<Integer> CLIENTS = List.of(8, 32);

    private static final Pattern PER_SECOND = Pattern.compile("tps = ([0-9.]+)");

    private final Addresses addresses;
    private final Path directory;
    private @Nullable Path transaction;

    Pgbench(Addresses addresses, Path directory) {
        this.addresses = addresses;
        this.directory = directory;
    }

    /** Transactions per second, with the number of clients that reaches the most. */
    double measure(int seconds) throws IOException, InterruptedException, SQLException {
        Path program = Tool.find("pgbench", "install the package postgresql (postgresql-contrib)");
        if (transaction == null) {
            transaction = prepare();
        }
        double best = 0;
        for (int clients : CLIENTS) {
            best = Math.max(best, perSecond(program, transaction, clients, seconds));
        }
        return best;
    }

    /** The tables are made once; what is returned is the transaction to run on them. */
    private Path prepare() throws IOException, SQLException {
        execute(addresses.superuserUrl(), "create database pgbench");
        String url = addresses.superuserUrl(DATABASE);
        execute(url, Tool.resource("pgbench-tables.sql"));
        execute(url, "vacuum analyze");
        return Files.writeString(
                directory.resolve("pgbench.sql"), Tool.resource("pgbench-transaction.sql"));
    }

    private double perSecond(Path program, Path script, int clients, int seconds)
            throws IOException, InterruptedException {
        String output =
                Tool.run(
                        List.of(
                                program.toString(),
                                "--no-vacuum",
                                "--protocol=prepared",
                                "--client=" + clients,
                                "--jobs=2",
                                "--time=" + seconds,
                                "--file=" + script,
                                "--host=127.0.0.1",
                                "--port=" + addresses.postgresPort(),
                                "--username=postgres",
                                DATABASE),
                        Map.of("PGPASSWORD", addresses.superuserPassword()));
        Matcher perSecond = PER_SECOND.matcher(output);
        if (!perSecond.find()) {
            throw new IllegalStateException("pgbench says:\n" + output);
        }
        return Double.parseDouble(perSecond.group(1));
    }

    private static void execute(String url, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
