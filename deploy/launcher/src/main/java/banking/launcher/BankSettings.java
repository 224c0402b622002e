package banking.launcher;

import banking.embedded.FreePorts;
import banking.embedded.StartFailure;
import java.nio.file.Path;
import java.util.Optional;

/**
 * @param directory where data and logs are kept between runs
 * @param fresh whether to forget the data of earlier runs
 * @param serversOnly whether the services are somebody else's to start
 */
public record BankSettings(
        Path directory,
        boolean fresh,
        ServiceDefinition command,
        ServiceDefinition query,
        ServerPorts ports,
        External external,
        boolean serversOnly) {

    private static final int COMMAND_PORT = 8080;
    private static final int QUERY_PORT = 8081;
    private static final int HIGHEST_PORT = 65_535;

    /**
     * As the options say, and where external servers are, the environment.
     *
     * @param root the repository's
     */
    static BankSettings fromSystemProperties(Path root) {
        boolean serversOnly = flag("bank.servers");
        ServerPorts otherwise = serversOnly ? ServerPorts.FOR_DEVELOPMENT : ServerPorts.ANY;
        return new BankSettings(
                Path.of(System.getProperty("bank.directory", root.resolve(".bank").toString()))
                        .toAbsolutePath()
                        .normalize(),
                flag("bank.fresh"),
                ServiceDefinition.packaged("command", root, port("command", COMMAND_PORT)),
                ServiceDefinition.packaged("query", root, port("query", QUERY_PORT)),
                new ServerPorts(
                        port("postgres", otherwise.postgres()),
                        port("kafka", otherwise.kafka()),
                        port("mail", otherwise.mail())),
                External.fromEnvironment(System.getenv()),
                serversOnly);
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
                            if (value.matches("\\d{1,5}")
                                    && Integer.parseInt(value) <= HIGHEST_PORT) {
                                return Integer.valueOf(value);
                            }
                            throw new StartFailure("-D" + name + "=" + value + " is not a port");
                        })
                .orElse(otherwise);
    }

    /** A bank beside any other: free ports, all servers embedded. */
    public static BankSettings onFreePorts(Path root, Path directory) {
        return new BankSettings(
                directory,
                false,
                ServiceDefinition.packaged("command", root, FreePorts.next()),
                ServiceDefinition.packaged("query", root, FreePorts.next()),
                ServerPorts.ANY,
                External.NONE,
                false);
    }

    /** Finds out before anything is started, and says which option helps. */
    void requireFreePorts() {
        if (!serversOnly) {
            if (command.port() == query.port()) {
                throw new StartFailure("Both services cannot have port " + query.port());
            }
            requireFree(command.port(), "command");
            requireFree(query.port(), "query");
        }
        if (external.needsPostgres()) {
            requireFree(ports.postgres(), "postgres");
        }
        if (external.kafka().isEmpty()) {
            requireFree(ports.kafka(), "kafka");
        }
        if (external.mail().isEmpty()) {
            requireFree(ports.mail(), "mail");
        }
    }

    private static void requireFree(int port, String name) {
        if (port != 0 && !FreePorts.isFree(port)) {
            throw new StartFailure(
                    "Port "
                            + port
                            + " is in use. Stop what listens there, or choose another port with"
                            + " -Dbank."
                            + name
                            + ".port=...");
        }
    }
}
