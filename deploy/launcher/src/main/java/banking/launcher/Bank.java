package banking.launcher;

import banking.embedded.ClassPath;
import banking.embedded.StartFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.CancellationException;

/**
 * The command that starts the bank and keeps it running until Ctrl-C. Its options are system
 * properties; where external servers are, the environment says (see {@link External}).
 */
public final class Bank {

    private Bank() {}

    /**
     * @param arguments the root of the repository
     */
    public static void main(String[] arguments) throws ClassNotFoundException {
        // Maven has a logging of its own; the Kafka client is not to complain that it sees none.
        System.setProperty("slf4j.internal.verbosity", "ERROR");
        try {
            // Inside Maven, drivers were looked for before this class path was there.
            Class.forName("org.postgresql.Driver");
            ClassPath.load();
            run(BankSettings.fromSystemProperties(Path.of(arguments[0])));
        } catch (CancellationException e) {
            // Ctrl-C came while the bank was starting: the shutdown hook is at work.
        } catch (StartFailure | IOException | UncheckedIOException e) {
            System.err.println("\nThe bank did not start. " + e.getMessage());
            System.exit(1);
        }
    }

    private static void run(BankSettings settings) {
        System.out.println("Starting the bank, data in " + settings.directory());
        settings.external().requireAnswers();
        settings.external().requireLogins();
        Progress progress = new Progress(System.out::println);
        if (settings.serversOnly()) {
            runServers(settings, progress);
        } else {
            runAll(settings, progress);
        }
    }

    private static void runAll(BankSettings settings, Progress progress) {
        LocalBank bank = LocalBank.open(settings, progress);
        stopAtTheEnd(bank.servers());
        bank.start();
        System.out.println(Welcome.text(bank, settings, progress.seconds()));
        tell(bank.awaitEnd(), bank.servers());
    }

    private static void runServers(BankSettings settings, Progress progress) {
        LocalServers servers = LocalServers.open(settings, progress);
        stopAtTheEnd(servers);
        servers.start();
        System.out.println(Welcome.text(servers, settings, progress.seconds()));
        tell(servers.awaitEnd(), servers);
    }

    /** Whoever closes them knows that they end. */
    private static void tell(String ended, LocalServers servers) {
        if (servers.isOpen()) {
            System.err.println("\n" + ended);
            System.exit(1);
        }
    }

    private static void stopAtTheEnd(LocalServers servers) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(servers), "stop"));
    }

    /** With the servers, all closes that needs them. */
    private static void stop(LocalServers servers) {
        if (!servers.isOpen()) {
            return;
        }
        System.out.println("\nStopping the bank");
        servers.close();
        System.out.println("Stopped.");
    }
}
