package banking.launcher;

import banking.embedded.FreePorts;
import banking.embedded.StartFailure;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

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
                ServiceDefinition.packaged("command", root, ports("command", COMMAND_PORT)),
                ServiceDefinition.packaged("query", root, ports("query", QUERY_PORT)),
                new ServerPorts(
                        port("postgres", otherwise.postgres()),
                        port("kafka", otherwise.kafka()),
                        port("mail", otherwise.mail())),
                External.fromEnvironment(System.getenv()),
                serversOnly);
    }

    /** Given without a value it is on. */
    static boolean flag(String name) {
        String value = System.getProperty(name, "false");
        return value.isEmpty() || Boolean.parseBoolean(value);
    }

    private static ServicePorts ports(String service, int otherwise) {
        return ServicePorts.from(port(service, otherwise, ServicePorts.HIGHEST_HTTP));
    }

    private static int port(String server, int otherwise) {
        return port(server, otherwise, HIGHEST_PORT);
    }

    private static int port(String server, int otherwise, int highest) {
        String name = "bank." + server + ".port";
        return Optional.ofNullable(System.getProperty(name))
                .map(
                        value -> {
                            if (value.matches("\\d{1,5}") && Integer.parseInt(value) <= highest) {
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
                ServiceDefinition.packaged("command", root, ServicePorts.free()),
                ServiceDefinition.packaged("query", root, ServicePorts.free()),
                ServerPorts.ANY,
                External.NONE,
                false);
    }

    /** Finds out before anything is started, and says which option helps. */
    void requireFreePorts() {
        if (!serversOnly) {
            requireFree(command.ports(), "command");
            requireFree(query.ports(), "query");
            Set<Integer> all = new HashSet<>();
            for (ServicePorts ports : List.of(command.ports(), query.ports())) {
                for (int port : List.of(ports.http(), ports.management())) {
                    if (!all.add(port)) {
                        throw new StartFailure("Both services cannot have port " + port);
                    }
                }
            }
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

    private static void requireFree(ServicePorts ports, String name) {
        requireFree(ports.http(), name);
        requireFree(ports.management(), name);
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
