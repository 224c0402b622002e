package banking.launcher;

import banking.embedded.StartFailure;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;

/**
 * Servers that run elsewhere and replace the embedded ones.
 *
 * @param mail the mail server's host; the services have all else about it from the environment too
 * @param issuer the URL of an OpenID provider
 */
public record External(
        Optional<Database> command,
        Optional<Database> query,
        Optional<String> kafka,
        Optional<String> mail,
        Optional<String> issuer) {

    private static final String COMMAND_DATABASE = "COMMAND_DATABASE";
    private static final String QUERY_DATABASE = "QUERY_DATABASE";
    private static final String KAFKA = "KAFKA_BOOTSTRAP_SERVERS";

    public static final External NONE =
            new External(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());

    /**
     * Reads {@code COMMAND_DATABASE_URL}, {@code QUERY_DATABASE_URL} (each with {@code _USERNAME}
     * and {@code _PASSWORD} in the place of {@code _URL}), {@code KAFKA_BOOTSTRAP_SERVERS}, {@code
     * QUARKUS_MAILER_HOST} and {@code BANK_SECURITY_ISSUER}.
     */
    public static External fromEnvironment(Map<String, String> environment) {
        return new External(
                database(environment, COMMAND_DATABASE),
                database(environment, QUERY_DATABASE),
                value(environment, KAFKA),
                value(environment, "QUARKUS_MAILER_HOST"),
                value(environment, "BANK_SECURITY_ISSUER"));
    }

    /**
     * Finds out in seconds what the services would try for minutes. Mails wait for their server, so
     * that one may be away.
     *
     * @throws StartFailure with the variable whose address nobody answers at
     */
    void requireAnswers() {
        command.ifPresent(database -> requireAnswer(COMMAND_DATABASE, database));
        query.ifPresent(database -> requireAnswer(QUERY_DATABASE, database));
        kafka.ifPresent(servers -> Address.requireAnswer(KAFKA, Address.ofKafka(KAFKA, servers)));
    }

    private static void requireAnswer(String prefix, Database database) {
        String variable = prefix + "_URL";
        Address.requireAnswer(variable, Address.ofDatabase(variable, database.url()));
    }

    /**
     * As the services do, for which PostgreSQL's driver has to be there.
     *
     * @throws StartFailure with the variables that let nobody into a database
     */
    void requireLogins() {
        command.ifPresent(database -> requireLogin(COMMAND_DATABASE, database));
        query.ifPresent(database -> requireLogin(QUERY_DATABASE, database));
    }

    private static void requireLogin(String prefix, Database database) {
        try {
            database.logIn();
        } catch (SQLException e) {
            throw new StartFailure(prefix + "_URL, _USERNAME, _PASSWORD: " + e.getMessage(), e);
        }
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
                                        prefix
                                                + "_URL is set, so "
                                                + prefix
                                                + suffix
                                                + " must be set too"));
    }

    private static Optional<String> value(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
    }
}
