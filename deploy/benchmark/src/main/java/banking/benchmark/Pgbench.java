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
 * What the same PostgreSQL does without a bank, asked by pgbench with prepared statements: one
 * transaction of three statements for each command, or a double entry in one function for each
 * transfer.
 */
final class Pgbench {

    private static final int ALL = 100_000;
    private static final List<Integer> CLIENTS = List.of(8, 32);

    private static final Pattern PER_SECOND = Pattern.compile("tps = ([0-9.]+)");

    private final String name;
    private final Addresses addresses;
    private final Path directory;
    private @Nullable Path transaction;

    /**
     * @param name of the database, and what the scripts' names begin with
     */
    Pgbench(String name, Addresses addresses, Path directory) {
        this.name = name;
        this.addresses = addresses;
        this.directory = directory;
    }

    double measure(int seconds) throws IOException, InterruptedException, SQLException {
        return measure(seconds, ALL);
    }

    /**
     * Transactions per second, with the number of clients that reaches the most.
     *
     * @param accounts among how many it chooses
     */
    double measure(int seconds, int accounts)
            throws IOException, InterruptedException, SQLException {
        Path program = Tool.find("pgbench", "install the package postgresql (postgresql-contrib)");
        if (transaction == null) {
            transaction = prepare();
        }
        double best = 0;
        for (int clients : CLIENTS) {
            best = Math.max(best, perSecond(program, transaction, clients, seconds, accounts));
        }
        return best;
    }

    /** The tables are made once; what is returned is the transaction to run on them. */
    private Path prepare() throws IOException, SQLException {
        execute(addresses.superuserUrl(), "create database " + name);
        String url = addresses.superuserUrl(name);
        execute(url, Tool.resource(name + "-tables.sql"));
        execute(url, "vacuum analyze");
        return Files.writeString(
                directory.resolve(name + ".sql"), Tool.resource(name + "-transaction.sql"));
    }

    private double perSecond(Path program, Path script, int clients, int seconds, int accounts)
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
                                "--define=accounts=" + accounts,
                                "--file=" + script,
                                "--host=127.0.0.1",
                                "--port=" + addresses.postgresPort(),
                                "--username=postgres",
                                name),
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
