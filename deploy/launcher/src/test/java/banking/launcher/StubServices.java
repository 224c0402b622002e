package banking.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Settings of a bank whose services only say that they are ready, and note what they were told. */
record StubServices(Path directory) {

    BankSettings settings() throws IOException {
        return settings(External.NONE);
    }

    BankSettings settings(External external) throws IOException {
        return with(stub("command"), stub("query"), external);
    }

    BankSettings with(ServiceDefinition command, ServiceDefinition query, External external) {
        return new BankSettings(directory, false, command, query, ServerPorts.ANY, external, false);
    }

    ServiceDefinition stub(String name) throws IOException {
        Path root = Files.createDirectories(directory.resolve("stub-" + name));
        Path health = Files.createDirectories(root.resolve("q/health"));
        Files.writeString(health.resolve("ready"), "{}");
        String server = Path.of(System.getProperty("java.home"), "bin", "jwebserver").toString();
        return running(
                name,
                "env > '%1$s/environment'; exec '%2$s' -p $QUARKUS_MANAGEMENT_PORT -d '%1$s'"
                        .formatted(root, server));
    }

    List<String> environment(String name) throws IOException {
        return Files.readAllLines(directory.resolve("stub-" + name).resolve("environment"));
    }

    static ServiceDefinition running(String name, String script) {
        return new ServiceDefinition(
                name, List.of("sh", "-c", script), ServicePorts.free(), Map.of());
    }
}
