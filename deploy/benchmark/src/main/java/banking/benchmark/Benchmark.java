package banking.benchmark;

import banking.embedded.Addresses;
import banking.embedded.ClassPath;
import banking.embedded.Directories;
import banking.embedded.StartFailure;
import banking.launcher.BankSettings;
import banking.launcher.External;
import banking.launcher.LocalBank;
import banking.launcher.Progress;
import banking.launcher.ServerPorts;
import banking.launcher.ServiceDefinition;
import banking.launcher.ServicePorts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.CancellationException;

/**
 * Measures the bank: {@code ./mvnw -Pbenchmark}. It starts a bank of its own on free ports with a
 * PostgreSQL that waits for its disk, puts load on it from another process (wrk), and prints all
 * figures beside the targets. What is compared with pgbench on the same server runs three times,
 * each time between two runs of pgbench; the median of the three ratios counts. All is kept in
 * {@code target/benchmark.txt} and {@code .json}.
 *
 * <p>It needs wrk and pgbench (Debian: {@code wrk}, {@code postgresql}), twenty minutes and about
 * 10 GB in {@code target}, which are free again once everything agreed. Shorter, for a look: {@code
 * -Dbenchmark.seconds=3 -Dbenchmark.warmup=5 -Dbenchmark.connections=8 -Dbenchmark.accounts=1000
 * -Dbenchmark.only=start|command|bulk|whole|visibility|transfers|reads}. {@code
 * -Dbenchmark.profile=true} leaves a flight recording of each service and run in {@code
 * target/benchmark}.
 *
 * <p>After every run it compares the journal with the accepted answers and, where the query service
 * runs, the views with the journal; the exit code is 1 when they do not agree. wrk hangs up at the
 * end of a run, so as many commands as it has connections may be committed without an answer that
 * was counted. A missed target does not change the exit code: another machine has other figures.
 */
public final class Benchmark {

    private Benchmark() {}

    /**
     * @param arguments the root of the repository
     */
    public static void main(String[] arguments)
            throws IOException, InterruptedException, SQLException, ClassNotFoundException {
        // Maven has a logging of its own; the Kafka client is not to complain that it sees none.
        System.setProperty("slf4j.internal.verbosity", "ERROR");
        // Inside Maven, drivers were looked for before this class path was there.
        Class.forName("org.postgresql.Driver");
        ClassPath.load();
        try {
            if (!run(Path.of(arguments[0]), Options.fromSystemProperties())) {
                System.exit(1);
            }
        } catch (CancellationException e) {
            // Ctrl-C came while the bank was starting: the shutdown hook is at work.
        } catch (StartFailure e) {
            System.err.println("\nThe benchmark did not run. " + e.getMessage());
            System.exit(1);
        }
    }

    private static boolean run(Path root, Options options)
            throws IOException, InterruptedException, SQLException {
        Path target = root.resolve("target");
        Path directory = target.resolve("benchmark");
        Files.createDirectories(directory);
        Progress progress = new Progress(System.out::println);
        boolean agrees;
        try (LocalBank bank = LocalBank.open(settings(root, directory), progress)) {
            Runtime.getRuntime().addShutdownHook(new Thread(bank::close, "stop"));
            bank.start();
            Report report = measure(bank, options, directory);
            report.write(target.resolve("benchmark.txt"), target.resolve("benchmark.json"));
            agrees = report.allAgrees();
        }
        if (agrees) {
            Directories.delete(directory.resolve("bank"));
        }
        return agrees;
    }

    private static BankSettings settings(Path root, Path directory) {
        return new BankSettings(
                directory.resolve("bank"),
                true,
                ServiceDefinition.packaged("command", root, ServicePorts.free()),
                ServiceDefinition.packaged("query", root, ServicePorts.free()),
                ServerPorts.ANY,
                External.NONE,
                false);
    }

    private static Report measure(LocalBank bank, Options options, Path directory)
            throws IOException, InterruptedException, SQLException {
        Addresses addresses = bank.postgres().addresses();
        Books books = new Books(addresses);
        Machine machine = Machine.here(books);
        if (!machine.isDurable()) {
            throw new StartFailure("PostgreSQL does not wait for its disk: " + machine);
        }
        Report report = new Report(machine);
        Services services = new Services(bank.command().uri(), bank.query().uri());
        Loads loads = new Loads(bank, options, directory, services, books, report);
        Pgbench pgbench = new Pgbench("pgbench", addresses, directory);
        Pgbench ledger = new Pgbench("ledger", addresses, directory);
        Latencies latencies = new Latencies(options, loads, services, books, report);
        Bulks bulks = new Bulks(options, loads, report, pgbench);
        Transfers transfers = new Transfers(options, directory, loads, books, report, ledger);
        new Measurements(
                        bank, options, directory, loads, latencies, bulks, transfers, services,
                        report, pgbench)
                .run();
        return report;
    }
}
