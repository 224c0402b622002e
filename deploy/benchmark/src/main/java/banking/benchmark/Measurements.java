package banking.benchmark;

import static banking.benchmark.Options.Part.BULK;
import static banking.benchmark.Options.Part.COMMAND;
import static banking.benchmark.Options.Part.READS;
import static banking.benchmark.Options.Part.START;
import static banking.benchmark.Options.Part.TRANSFERS;
import static banking.benchmark.Options.Part.VISIBILITY;
import static banking.benchmark.Options.Part.WHOLE;
import static banking.benchmark.Wrk.Request.DEPOSIT;
import static banking.benchmark.Wrk.Request.LIVE;
import static banking.benchmark.Wrk.Request.READ;

import banking.benchmark.Options.Part;
import banking.benchmark.Wrk.Load;
import banking.launcher.LocalBank;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;

/** What is measured, in which order, and which targets it has. */
final class Measurements {

    private static final String SPREAD = "spread";
    private static final String ONE = "ONE account";
    private static final String LIFE = "health endpoint";
    private static final String KEYS = "spread, with keys";

    private static final int LIGHT_LOAD_PER_SECOND = 200;

    /** Beside the most, the number of connections that is compared with pgbench. */
    private static final int COMPARED = 32;

    private final LocalBank bank;
    private final Options options;
    private final Loads loads;
    private final Latencies latencies;
    private final Bulks bulks;
    private final Transfers transfers;
    private final Services services;
    private final Report report;
    private final Pgbench pgbench;
    private final Path all;
    private final Path one;

    Measurements(
            LocalBank bank,
            Options options,
            Path directory,
            Loads loads,
            Latencies latencies,
            Bulks bulks,
            Transfers transfers,
            Services services,
            Report report,
            Pgbench pgbench)
            throws IOException, InterruptedException, SQLException {
        this.bank = bank;
        this.options = options;
        this.loads = loads;
        this.latencies = latencies;
        this.bulks = bulks;
        this.transfers = transfers;
        this.services = services;
        this.report = report;
        this.pgbench = pgbench;
        all = loads.openAccounts();
        one =
                Files.write(
                        directory.resolve("account"), List.of(Files.readAllLines(all).getFirst()));
    }

    void run() throws IOException, InterruptedException, SQLException {
        Starts starts = new Starts(report);
        if (options.measures(START)) {
            starts.measure(bank.command());
            starts.measure(bank.query());
        }
        if (options.measures(COMMAND)) {
            commandPath();
            starts.underLoad(bank.command());
        }
        if (options.measures(BULK)) {
            bank.query().close();
            bulks.measure(all);
            catchUp();
        }
        if (options.measures(READS) || options.measures(VISIBILITY)) {
            loads.warmUp(READ, all);
        }
        if (options.measures(READS)) {
            reads();
        }
        if (options.measures(WHOLE)
                || options.measures(VISIBILITY)
                || options.measures(TRANSFERS)) {
            loads.warmUp(DEPOSIT, all);
        }
        if (options.measures(WHOLE)) {
            wholePath();
        }
        if (options.measures(VISIBILITY)) {
            int most = options.mostConnections();
            Wrk.Figures full =
                    options.measures(WHOLE)
                            ? found(WHOLE, SPREAD, most).figures()
                            : loads.measure(WHOLE, SPREAD, deposits(all, most));
            latencies.measureVisibility(all, full.perSecond() / 2);
        }
        if (options.measures(TRANSFERS)) {
            latencies.measureTransfers(all, LIGHT_LOAD_PER_SECOND);
            transfers.measure(all);
        }
    }

    /** With the query service stopped. It comes back, and has everything to catch up with. */
    private void commandPath() throws IOException, InterruptedException, SQLException {
        bank.query().close();
        loads.warmUp(DEPOSIT, all);
        int most = options.mostConnections();
        everyLoad(COMMAND);
        loads.measure(COMMAND, KEYS, deposits(all, most).underKeys());
        for (int connections : options.connections()) {
            if (connections == COMPARED || connections == most) {
                double times = connections == COMPARED ? 2 : 3;
                againstPgbench(COMMAND, connections, times);
            }
        }
        Wrk.Figures spread = found(COMMAND, SPREAD, most).figures();
        Wrk.Figures one = found(COMMAND, ONE, most).figures();
        double hot = one.perSecond() / spread.perSecond();
        double p99 = report.medianP99(COMMAND, SPREAD, most);
        report.target(at(COMMAND, most) + ", p99", false, 25, p99, "ms");
        report.target(at(COMMAND, most) + ", ONE account", true, 0.9, hot, "x spread");
        catchUp();
    }

    private void catchUp() throws IOException, InterruptedException {
        bank.query().start();
        bank.query().awaitReady();
        long begin = System.nanoTime();
        Services.Backlog backlog = services.awaitDrained();
        double seconds = (System.nanoTime() - begin) / 1e9;
        report.note(
                String.format(
                        Locale.ROOT,
                        "%d events to catch up with, %.0f/s",
                        backlog.events(),
                        backlog.events() / seconds));
    }

    private void wholePath() throws IOException, InterruptedException, SQLException {
        everyLoad(WHOLE);
        againstPgbench(WHOLE, options.mostConnections(), 1.75);
        loads.measureBacklog(all);
    }

    private void reads() throws IOException, InterruptedException, SQLException {
        int most = options.mostConnections();
        Wrk.Figures figures =
                loads.measure(READS, SPREAD, Load.of(READ, all, most, options.seconds()));
        report.target(at(READS, most), true, 12_000, figures.perSecond(), "reads/s");
        loads.warmUp(LIVE, all);
        Wrk.Figures life = loads.measure(READS, LIFE, Load.of(LIVE, all, most, options.seconds()));
        report.note(
                String.format(
                        Locale.ROOT,
                        "a read is answered %.2f times as often as the question whether the service lives",
                        figures.perSecond() / life.perSecond()));
    }

    private void everyLoad(Part part) throws IOException, InterruptedException, SQLException {
        for (int connections : options.connections()) {
            Load load = deposits(all, connections);
            if (connections == COMPARED || connections == options.mostConnections()) {
                loads.compare(part, SPREAD, load, pgbench);
            } else {
                loads.measure(part, SPREAD, load);
            }
        }
        for (int connections : options.connections()) {
            loads.measure(part, ONE, deposits(one, connections));
        }
    }

    private Load deposits(Path accounts, int connections) {
        return Load.of(DEPOSIT, accounts, connections, options.seconds());
    }

    private void againstPgbench(Part part, int connections, double times) {
        double reached = found(part, SPREAD, connections).timesPgbench();
        report.target(at(part, connections), true, times, reached, "x pgbench");
    }

    private Report.Run found(Part part, String load, int connections) {
        return report.find(part, load, connections).orElseThrow();
    }

    private static String at(Part part, int connections) {
        return switch (part) {
                    case START -> "start";
                    case COMMAND -> "command path alone";
                    case BULK -> "bulks";
                    case WHOLE -> "whole path";
                    case VISIBILITY -> "visibility";
                    case TRANSFERS -> "transfers";
                    case READS -> "reads of one account";
                }
                + ", "
                + connections
                + " connections";
    }
}
