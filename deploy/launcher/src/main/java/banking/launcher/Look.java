package banking.launcher;

import banking.embedded.StartFailure;
import java.nio.file.Path;

/**
 * Looks for what would stand in a bank's way. {@code mvnw} does so before it builds anything, from
 * the sources, so this and what it needs have to get by with the JDK.
 */
final class Look {

    private Look() {}

    /**
     * @param arguments the root of the repository
     */
    public static void main(String[] arguments) {
        try {
            ahead(BankSettings.fromSystemProperties(Path.of(arguments[0])));
        } catch (StartFailure e) {
            System.err.println("The bank did not start, and nothing was built. " + e.getMessage());
            System.exit(1);
        }
    }

    /**
     * @throws StartFailure when another bank has the folder or somebody a port, or nobody answers
     *     where an external server should be
     */
    private static void ahead(BankSettings settings) {
        BankDirectory.look(settings.directory(), settings.fresh());
        settings.requireFreePorts();
        settings.external().requireAnswers();
    }
}
