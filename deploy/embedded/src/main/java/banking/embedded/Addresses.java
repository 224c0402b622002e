package banking.embedded;

import java.nio.file.Path;

/**
 * Where the servers of an {@link Infrastructure} listen; port 0 for one that it does not run.
 *
 * @param directory where they keep their data
 */
public record Addresses(int postgresPort, int kafkaPort, Path directory) {

    static Addresses parse(String portsAndDirectory) {
        String[] words = portsAndDirectory.split(" ", 3);
        return new Addresses(
                Integer.parseInt(words[0]), Integer.parseInt(words[1]), Path.of(words[2]));
    }

    @Override
    public String toString() {
        return postgresPort + " " + kafkaPort + " " + directory;
    }

    /** Without the role: databases are {@code command} and {@code query}, roles the same. */
    public String jdbcUrl(String database) {
        return "jdbc:postgresql://127.0.0.1:" + postgresPort + "/" + database;
    }

    /** With role and password, for what no service may do: further databases, server settings. */
    public String superuserUrl() {
        return superuserUrl("postgres");
    }

    public String superuserUrl(String database) {
        return jdbcUrl(database) + "?user=" + Superuser.NAME + "&password=" + superuserPassword();
    }

    /** Only whoever started the servers can read it. */
    public String superuserPassword() {
        return Superuser.of(EmbeddedPostgres.in(directory)).password();
    }

    public String bootstrapServers() {
        return "127.0.0.1:" + kafkaPort;
    }
}
