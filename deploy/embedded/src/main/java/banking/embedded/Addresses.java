package banking.embedded;

/** Where the servers of an {@link Infrastructure} listen; port 0 for one that it does not run. */
public record Addresses(int postgresPort, int kafkaPort) {

    static Addresses parse(String postgresAndKafka) {
        String[] ports = postgresAndKafka.split(" ", -1);
        return new Addresses(Integer.parseInt(ports[0]), Integer.parseInt(ports[1]));
    }

    @Override
    public String toString() {
        return postgresPort + " " + kafkaPort;
    }

    /** Without the role: databases are {@code command} and {@code query}, roles the same. */
    public String jdbcUrl(String database) {
        return "jdbc:postgresql://127.0.0.1:" + postgresPort + "/" + database;
    }

    /** With role and password, for what no service may do: further databases, server settings. */
    public String superuserUrl() {
        return EmbeddedPostgres.url(postgresPort, "postgres", EmbeddedPostgres.SUPERUSER);
    }

    public String bootstrapServers() {
        return "127.0.0.1:" + kafkaPort;
    }
}
