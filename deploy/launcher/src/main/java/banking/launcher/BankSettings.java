package banking.launcher;

import banking.embedded.FreePorts;
import java.nio.file.Path;

/**
 * @param directory where data and logs are kept between runs
 * @param fresh whether to forget the data of earlier runs
 * @param postgresPort 0 for any free one, as for Kafka's
 */
public record BankSettings(
        Path directory,
        boolean fresh,
        ServiceDefinition command,
        ServiceDefinition query,
        int postgresPort,
        int kafkaPort,
        External external) {

    /** A bank beside any other: free ports, all servers embedded. */
    public static BankSettings onFreePorts(Path root, Path directory) {
        return new BankSettings(
                directory,
                false,
                ServiceDefinition.packaged("command", root, FreePorts.next()),
                ServiceDefinition.packaged("query", root, FreePorts.next()),
                0,
                0,
                External.NONE);
    }
}
