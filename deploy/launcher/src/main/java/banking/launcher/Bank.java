package banking.launcher;

import banking.embedded.StartFailure;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CancellationException;

/**
 * The command that starts the bank and keeps it running until Ctrl-C. Its options are system
 * properties; where external servers are, the environment says (see {@link External}).
 */
public final class Bank {

    private static final int COMMAND_PORT = 8080;
    private static final int QUERY_PORT = 8081;

    private Bank() {}

    /**
     * @param arguments the root of the repository
     */
    public static void main(String[] arguments) {
        // Maven has a logging of its own; the Kafka client is not to complain that it sees none.
        System.setProperty("slf4j.internal.verbosity", "ERROR");
        try {
            run(settings(Path.of(arguments[0])));
        } catch (CancellationException e) {
            // Ctrl-C came while the bank was starting: the shutdown hook is at work.
        } catch (StartFailure | UncheckedIOException e) {
            System.err.println("\nThe bank did not start. " + e.getMessage());
            System.exit(1);
        }
    }

    private static void run(BankSettings settings) {
        System.out.println("Starting the bank, data in " + settings.directory());
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

    static BankSettings settings(Path root) {
        return new BankSettings(
                Path.of(System.getProperty("bank.directory", root.resolve(".bank").toString()))
                        .toAbsolutePath()
                        .normalize(),
                flag("bank.fresh"),
                ServiceDefinition.packaged("command", root, port("command", COMMAND_PORT)),
                ServiceDefinition.packaged("query", root, port("query", QUERY_PORT)),
                port("postgres", 0),
                port("kafka", 0),
                External.fromEnvironment(System.getenv()));
    }

    /** Given without a value it is on. */
    private static boolean flag(String name) {
        String value = System.getProperty(name, "false");
        return value.isEmpty() || Boolean.parseBoolean(value);
    }

    private static int port(String server, int otherwise) {
        String name = "bank." + server + ".port";
        return Optional.ofNullable(System.getProperty(name))
                .map(
                        value -> {
                            if (value.matches("\\d{1,5}") && Integer.parseInt(value) <= 65_535) {
                                return Integer.valueOf(value);
                            }
                            throw new StartFailure("-D" + name + "=" + value + " is not a port");
                        })
                .orElse(otherwise);
    }
}
