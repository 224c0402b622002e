package banking.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * What the same PostgreSQL does without a bank: one transaction of three statements per command,
 * prepared, from pgbench.
 */
final class Pgbench {

    /** Each in turn, so that a disturbance does not meet one of them alone. */
    private static final int ROUNDS = 3;

    private static final List<Integer> CLIENTS = List.of(8, 32);

    private static final Pattern PER_SECOND = Pattern.compile("tps = ([0-9.]+)");

    private final Path pgbench;
    private final Path transaction;
    private final String superuserUrl;
    private final String url;

    /** Transactions per second of all rounds, by number of clients. */
    record Figures(int clients, double median, double best) {}

    Pgbench(String superuserUrl, Path directory) throws IOException {
        pgbench = Tool.find("pgbench", "install the package postgresql (postgresql-contrib)");
        transaction =
                Files.writeString(
                        directory.resolve("pgbench.sql"), Tool.resource("pgbench-transaction.sql"));
        this.superuserUrl = superuserUrl;
        url = superuserUrl.replace("/postgres?", "/pgbench?");
    }

    List<Figures> measure(int seconds) throws IOException, InterruptedException, SQLException {
        execute(superuserUrl, "create database pgbench");
        execute(url, Tool.resource("pgbench-tables.sql"));
        execute(url, "vacuum analyze");
        double[][] rounds = new double[ROUNDS][CLIENTS.size()];
        for (double[] round : rounds) {
            for (int i = 0; i < round.length; i++) {
                round[i] = perSecond(CLIENTS.get(i), seconds);
            }
        }
        execute(superuserUrl, "drop database pgbench");
        return IntStream.range(0, CLIENTS.size()).mapToObj(i -> figures(rounds, i)).toList();
    }

    private static Figures figures(double[][] rounds, int which) {
        double[] sorted =
                IntStream.range(0, ROUNDS).mapToDouble(r -> rounds[r][which]).sorted().toArray();
        return new Figures(CLIENTS.get(which), sorted[ROUNDS / 2], sorted[ROUNDS - 1]);
    }

    private double perSecond(int clients, int seconds) throws IOException, InterruptedException {
        String output =
                Tool.run(
                        List.of(
                                pgbench.toString(),
                                "--no-vacuum",
                                "--protocol=prepared",
                                "--client=" + clients,
                                "--jobs=2",
                                "--time=" + seconds,
                                "--file=" + transaction,
                                url.substring("jdbc:".length())));
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
