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
        LocalBank bank = LocalBank.open(settings, progress);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(bank), "stop"));
        bank.start();
        System.out.println(Welcome.text(bank, settings, progress.seconds()));
        String ended = bank.awaitEnd();
        if (bank.isOpen()) {
            System.err.println("\n" + ended);
            System.exit(1);
        }
    }

    private static void stop(LocalBank bank) {
        if (!bank.isOpen()) {
            return;
        }
        System.out.println("\nStopping the bank");
        bank.close();
        System.out.println("Stopped.");
    }
}
