package banking.benchmark;

import banking.benchmark.Options.Part;
import banking.benchmark.Wrk.Load;
import banking.benchmark.Wrk.Request;
import banking.launcher.LocalBank;
import banking.launcher.ServiceProcess;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Puts one load after the other on the bank, and looks into the books after each. */
final class Loads {

    /** wrk counts seconds, not accounts, so it opens them in rounds until there are enough. */
    private static final int OPENING_SECONDS = 2;

    /** Requested, received, completed. */
    static final int EVENTS_OF_A_TRANSFER = 3;

    private static final int OPENING_ROUNDS = 500;

    /** How often a run is repeated that is compared. */
    private static final int ROUNDS = 3;

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
        report.note(opened + " accounts opened");
        settle("opening accounts", opened, rounds * round.connections());
        return books.accounts(options.accounts(), directory.resolve("accounts"));
    }

    void warmUp(Request request, Path accounts)
            throws IOException, InterruptedException, SQLException {
        int connections = request.connections(options.mostConnections());
        Load load = Load.of(request, accounts, connections, options.warmupSeconds());
        Wrk.Figures figures = wrk.run(address(request), load);
        settle("warming up", load, figures);
    }

    /**
     * Runs several times, with pgbench before and after each of them: the machine is seldom the
     * same a minute later.
     */
    void compare(Part part, String name, Load load, Pgbench pgbench)
            throws IOException, InterruptedException, SQLException {
        double before = reference(pgbench);
        for (int round = 0; round < ROUNDS; round++) {
            Wrk.Figures figures = run(part, name, load);
            double after = reference(pgbench);
            double times = figures.perSecond() / ((before + after) / 2);
            report.run(new Report.Run(part, name, load.connections(), figures, times));
            before = after;
        }
    }

    private double reference(Pgbench pgbench)
            throws IOException, InterruptedException, SQLException {
        double perSecond = pgbench.measure(Math.max(1, options.seconds() / 3));
        report.pgbench(perSecond);
        return perSecond;
    }

    /** Runs, reports and checks. */
    Wrk.Figures measure(Part part, String name, Load load)
            throws IOException, InterruptedException, SQLException {
        Wrk.Figures figures = run(part, name, load);
        report.run(new Report.Run(part, name, load.connections(), figures));
        return figures;
    }

    /** Runs and checks, for who reports more than the answers. */
    Wrk.Figures run(Load load) throws IOException, InterruptedException, SQLException {
        return run(Part.TRANSFERS, load.request().toString(), load);
    }

    private Wrk.Figures run(Part part, String name, Load load)
            throws IOException, InterruptedException, SQLException {
        List<Recording> recordings = record(part, name, load);
        Wrk.Figures figures = wrk.run(address(load.request()), load);
        stop(recordings);
        settle(part + ", " + name + ", " + load.connections() + " connections", load, figures);
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
                String.format(
                        Locale.ROOT,
                        "%d events behind after %d s of full load, drained in %.2f s",
                        backlog.events(),
                        seconds,
                        drained));
        report.target("whole path: backlog drained", false, 5, drained, "s");
        settle("full load", load, figures);
    }

    /** Starts a load that others are measured beside; {@link #settle} is theirs to call. */
    Process start(Load load) throws IOException {
        return wrk.start(address(load.request()), load);
    }

    private URI address(Request request) {
        return switch (request) {
            case OPEN, FUND, DEPOSIT, BULK, TRANSFER -> bank.command().uri();
            case READ -> bank.query().uri();
            case LIVE -> bank.query().management();
        };
    }

    private void settle(String when, Load load, Wrk.Figures figures)
            throws IOException, InterruptedException, SQLException {
        if (load.request().changesNothing()) {
            settle(when, 0, 0);
        } else {
            int events = load.request() == Request.TRANSFER ? EVENTS_OF_A_TRANSFER : 1;
            int unheard = events * load.request().commands() * load.connections();
            settle(when, events * figures.accepted(), unheard);
        }
    }

    /** Lets what is under way come to its end, so that each run begins with a quiet bank. */
    void settle(String when, long accepted, int unheard)
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
                            String.format(
                                    Locale.ROOT,
                                    "%s-%s-%d-%s.jfr",
                                    part,
                                    name,
                                    load.connections(),
                                    service.name());
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
