package banking.benchmark;

import banking.benchmark.Options.Part;
import banking.benchmark.Wrk.Load;
import banking.benchmark.Wrk.Request;
import banking.launcher.LocalBank;
import banking.launcher.ServiceProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** Puts one load after the other on the bank, and looks into the books after each. */
final class Loads {

    /** wrk counts seconds, not accounts, so it opens them in rounds until there are enough. */
    private static final int OPENING_SECONDS = 2;

    private static final int OPENING_ROUNDS = 500;

    /** Requested, received, completed. */
    private static final int EVENTS_OF_A_TRANSFER = 3;

    private final LocalBank bank;
    private final Options options;
    private final Path directory;
    private final Wrk wrk;
    private final Services services;
    private final Books books;
    private final Report report;

    Loads(
            LocalBank bank,
            Options options,
            Path directory,
            Services services,
            Books books,
            Report report)
            throws IOException {
        this.bank = bank;
        this.options = options;
        this.directory = directory;
        this.services = services;
        this.books = books;
        this.report = report;
        wrk = new Wrk(directory);
    }

    /** The file with the ids of all accounts. */
    Path openAccounts() throws IOException, InterruptedException, SQLException {
        Load round = Load.of(Request.OPEN, directory, options.mostConnections(), OPENING_SECONDS);
        long opened = 0;
        int rounds = 0;
        while (opened < options.accounts() && rounds < OPENING_ROUNDS) {
            opened += wrk.run(bank.command().uri(), round).accepted();
            rounds++;
        }
        report.note("%d accounts opened".formatted(opened));
        settle("opening accounts", opened, rounds * round.connections());
        return books.accounts(options.accounts(), directory.resolve("accounts"));
    }

    void warmUp(Request request, Path accounts)
            throws IOException, InterruptedException, SQLException {
        Load load = Load.of(request, accounts, options.mostConnections(), options.warmupSeconds());
        Wrk.Figures figures = wrk.run(service(request).uri(), load);
        settle("warming up", load, figures);
    }

    /** Runs, reports and checks. */
    Wrk.Figures measure(Part part, String name, Load load)
            throws IOException, InterruptedException, SQLException {
        List<Recording> recordings = record(part, name, load);
        Wrk.Figures figures = wrk.run(service(load.request()).uri(), load);
        stop(recordings);
        report.run(new Report.Run(part, name, load.connections(), figures));
        settle("%s, %s, %d connections".formatted(part, name, load.connections()), load, figures);
        return figures;
    }

    /** Full load with everything running, and then how long the query side needs to catch up. */
    void measureBacklog(Path accounts) throws IOException, InterruptedException, SQLException {
        int seconds = 4 * options.seconds();
        Load load = Load.of(Request.DEPOSIT, accounts, options.mostConnections(), seconds);
        Wrk.Figures figures = wrk.run(bank.command().uri(), load);
        long end = System.nanoTime();
        Services.Backlog backlog = services.awaitDrained();
        double drained = (System.nanoTime() - end) / 1e9;
        report.run(new Report.Run(Part.WHOLE, "full load", load.connections(), figures));
        report.note(
                "%d events behind after %d s of full load, drained in %.2f s"
                        .formatted(backlog.events(), seconds, drained));
        report.target("whole path: backlog drained", false, 5, drained, "s");
        settle("full load", load, figures);
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
                        EVENTS_OF_A_TRANSFER,
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
        Load load =
                new Load(
                        Request.DEPOSIT, accounts, connections, 2 * options.seconds(), false, pace);
        Process running = wrk.start(bank.command().uri(), load);
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
        settle(name, figures.accepted() + (long) eventsPerSample * seen.samples(), connections);
        return seen;
    }

    private ServiceProcess service(Request request) {
        return request == Request.READ ? bank.query() : bank.command();
    }

    private void settle(String when, Load load, Wrk.Figures figures)
            throws IOException, InterruptedException, SQLException {
        if (load.request() == Request.READ) {
            settle(when, 0, 0);
        } else {
            settle(when, figures.accepted(), load.connections());
        }
    }

    /** Lets what is under way come to its end, so that each run begins with a quiet bank. */
    private void settle(String when, long accepted, int unheard)
            throws IOException, InterruptedException, SQLException {
        services.awaitPublished();
        report.disagreements(when, books.check(accepted, unheard));
        if (bank.query().isAlive()) {
            services.awaitDrained();
            report.disagreements(when, books.checkViews());
        }
    }

    private List<Recording> record(Part part, String name, Load load)
            throws IOException, InterruptedException {
        List<Recording> recordings = new ArrayList<>();
        if (options.profile()) {
            for (ServiceProcess service : List.of(bank.command(), bank.query())) {
                if (service.isAlive()) {
                    String file =
                            "%s-%s-%d-%s.jfr"
                                    .formatted(part, name, load.connections(), service.name());
                    Path path = directory.resolve(file.toLowerCase(Locale.ROOT).replace(' ', '-'));
                    recordings.add(Recording.start(service, path));
                }
            }
        }
        return recordings;
    }

    private static void stop(List<Recording> recordings) throws IOException, InterruptedException {
        for (Recording recording : recordings) {
            System.out.println("Recorded " + recording.stop());
        }
    }
}
