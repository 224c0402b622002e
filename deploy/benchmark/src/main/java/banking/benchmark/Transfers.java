package banking.benchmark;

import banking.benchmark.Options.Part;
import banking.benchmark.Wrk.Load;
import banking.benchmark.Wrk.Request;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * Money between accounts: how many transfers are accepted, how many come to their end, and when,
 * beside a plain ledger in SQL on the same PostgreSQL.
 */
final class Transfers {

    /** Among how many accounts it is spread, here and in the plain ledger. */
    private static final int ACCOUNTS = 4_000;

    private static final int FEW_CONNECTIONS = 32;
    private static final int LIGHT_LOAD_PER_SECOND = 50;

    private final Options options;
    private final Path directory;
    private final Loads loads;
    private final Books books;
    private final Report report;
    private final Pgbench ledger;

    Transfers(
            Options options,
            Path directory,
            Loads loads,
            Books books,
            Report report,
            Pgbench ledger) {
        this.options = options;
        this.directory = directory;
        this.loads = loads;
        this.books = books;
        this.report = report;
        this.ledger = ledger;
    }

    /**
     * @param accounts the file with the ids of all accounts
     */
    void measure(Path accounts) throws IOException, InterruptedException, SQLException {
        List<String> ids = Files.readAllLines(accounts).stream().limit(ACCOUNTS).toList();
        Path spread = Files.write(directory.resolve("accounts-spread"), ids);
        Path one = Files.write(directory.resolve("accounts-one"), ids.subList(0, 1));
        Path two = Files.write(directory.resolve("accounts-two"), ids.subList(0, 2));
        loads.warmUp(Request.FUND, spread);
        int most = options.mostConnections();
        Load full = transfers(spread, spread, most);
        loads.run(full.at(LIGHT_LOAD_PER_SECOND));
        loads.run(full);

        double plain = ledger.measure(options.seconds(), ACCOUNTS);
        double few = completed("spread", transfers(spread, spread, FEW_CONNECTIONS));
        double many = completed("spread", full);
        plain = (plain + ledger.measure(options.seconds(), ACCOUNTS)) / 2;
        double plainTwo = ledger.measure(options.seconds(), 2);
        report.note(
                String.format(
                        Locale.ROOT,
                        "a plain ledger in SQL: %.0f transfers/s, between two accounts %.0f/s",
                        plain,
                        plainTwo));
        target("32 connections", 2, few / plain, "x plain ledger");
        target(most + " connections", 2, many / plain, "x plain ledger");
        double toOne = completed("to ONE account", transfers(spread, one, FEW_CONNECTIONS));
        target("to ONE account", 0.8, toOne / few, "x spread");
        completed("from ONE account", transfers(one, spread, FEW_CONNECTIONS));
        double between = completed("between TWO", transfers(two, two, FEW_CONNECTIONS));
        target("between TWO accounts", 0.5, between / few, "x spread");
        completed("light load", full.at(LIGHT_LOAD_PER_SECOND));
        completed("half load", full.at((int) Math.max(1, many / 2)));
    }

    private Load transfers(Path from, Path to, int connections) {
        return Load.transfers(from, to, connections, options.seconds());
    }

    /**
     * @return how many came to their end in a second, while the load lasted
     */
    private double completed(String name, Load load)
            throws IOException, InterruptedException, SQLException {
        Instant begin = Instant.now();
        Wrk.Figures figures = loads.run(load);
        // Counted by the seconds that wrk has counted; what it does before and after is not load.
        Instant end = begin.plusNanos((long) (figures.seconds() * 1e9));
        Books.Transferred transferred = books.transferred(begin, end);
        double perSecond = transferred.inTime() / figures.seconds();
        report.run(new Report.Run(Part.TRANSFERS, name, load.connections(), figures));
        report.note(
                String.format(
                        Locale.ROOT,
                        "transfers, %s, %d connections: %.0f/s came to their end, %d of %d after the"
                                + " load, p50 %.0f ms, p99 %.0f ms after they were accepted",
                        name,
                        load.connections(),
                        perSecond,
                        transferred.ended() - transferred.inTime(),
                        transferred.ended(),
                        transferred.p50Millis(),
                        transferred.p99Millis()));
        return perSecond;
    }

    private void target(String what, double target, double reached, String unit) {
        report.target("transfers, " + what, true, target, reached, unit);
    }
}
