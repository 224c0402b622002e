package banking.benchmark;

import banking.benchmark.Options.Part;
import banking.benchmark.Wrk.Load;
import banking.benchmark.Wrk.Request;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Random;

/** How long it takes, beside a load, until a query shows what a command has done. */
final class Latencies {

    /** How many samples are taken before they count: what is taken is to be warm as well. */
    private static final int FIRST_SAMPLES = 100;

    private final Options options;
    private final Loads loads;
    private final Services services;
    private final Books books;
    private final Report report;

    Latencies(Options options, Loads loads, Services services, Books books, Report report) {
        this.options = options;
        this.loads = loads;
        this.services = services;
        this.books = books;
        this.report = report;
    }

    /** From a deposit's answer until a query shows it. */
    void measureVisibility(Path accounts, double perSecond)
            throws IOException, InterruptedException, SQLException {
        List<String> all = Files.readAllLines(accounts);
        Random random = new Random();
        Samples.Figures seen =
                sample(
                        Part.VISIBILITY,
                        "half load",
                        accounts,
                        perSecond,
                        1,
                        () -> {
                            String account = all.get(random.nextInt(all.size()));
                            long version = services.deposit(account);
                            long answered = System.nanoTime();
                            services.awaitVisible(account, version);
                            return System.nanoTime() - answered;
                        });
        report.note("visible after " + seen);
        report.target("visibility at half load, p50", false, 12, seen.p50(), "ms");
        report.target("visibility at half load, p99", false, 50, seen.p99(), "ms");
    }

    /** From asking for a transfer until a query shows that both accounts have taken part. */
    void measureTransfers(Path accounts, int perSecond)
            throws IOException, InterruptedException, SQLException {
        String from = services.open();
        String to = services.open();
        services.deposit(from, "1000000.00");
        report.disagreements("two more accounts", books.check(3, 0));
        Samples.Figures completed =
                sample(
                        Part.TRANSFERS,
                        "light load",
                        accounts,
                        perSecond,
                        Loads.EVENTS_OF_A_TRANSFER,
                        () -> {
                            long asked = System.nanoTime();
                            services.awaitVisible(from, services.transfer(from, to) + 1);
                            return System.nanoTime() - asked;
                        });
        report.note("transfers completed after " + completed);
        report.target("transfer at light load, p99", false, 150, completed.p99(), "ms");
    }

    private Samples.Figures sample(
            Part part,
            String name,
            Path accounts,
            double perSecond,
            int eventsPerSample,
            Samples.Sample sample)
            throws IOException, InterruptedException, SQLException {
        int connections = options.mostConnections();
        int pace = Math.max(1, (int) perSecond);
        Load load = Load.of(Request.DEPOSIT, accounts, connections, 2 * options.seconds()).at(pace);
        for (int i = 0; i < FIRST_SAMPLES; i++) {
            sample.nanos();
        }
        Process running = loads.start(load);
        Samples.Figures seen;
        try {
            seen = new Samples(sample).takeWhile(running);
        } finally {
            if (running.isAlive()) {
                running.destroy();
            }
        }
        Wrk.Figures figures = Wrk.figures(running);
        report.run(new Report.Run(part, name, connections, figures));
        long samples = (long) FIRST_SAMPLES + seen.samples();
        loads.settle(name, figures.accepted() + eventsPerSample * samples, connections);
        return seen;
    }
}
