package banking.launcher;

import banking.embedded.StartFailure;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Servers that run elsewhere and replace the embedded ones.
 *
 * @param mail the mail server's host; the services have all else about it from the environment too
 */
public record External(
        Optional<Database> command,
        Optional<Database> query,
        Optional<String> kafka,
        Optional<String> mail) {

    public static final External NONE =
            new External(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /**
     * Reads {@code COMMAND_DATABASE_URL}, {@code QUERY_DATABASE_URL} (each with {@code _USERNAME}
     * and {@code _PASSWORD} in the place of {@code _URL}), {@code KAFKA_BOOTSTRAP_SERVERS} and
     * {@code QUARKUS_MAILER_HOST}.
     */
    public static External fromEnvironment(Map<String, String> environment) {
        return new External(
                database(environment, "COMMAND_DATABASE"),
                database(environment, "QUERY_DATABASE"),
                value(environment, "KAFKA_BOOTSTRAP_SERVERS"),
                value(environment, "QUARKUS_MAILER_HOST"));
    }

    boolean needsPostgres() {
        return command.isEmpty() || query.isEmpty();
    }

    private static Optional<Database> database(Map<String, String> environment, String prefix) {
        return value(environment, prefix + "_URL")
                .map(
                        url ->
                                new Database(
                                        url,
                                        required(environment, prefix, "_USERNAME"),
                                        required(environment, prefix, "_PASSWORD")));
    }

    private static String required(Map<String, String> environment, String prefix, String suffix) {
        return value(environment, prefix + suffix)
                .orElseThrow(
                        () ->
                                new StartFailure(
                                        String.format(
                                                Locale.ROOT,
                                                "%1$s_URL is set, so %1$s%2$s must be set too",
                                                prefix,
                                                suffix)));
    }

    private static Optional<String> value(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
    }
}
