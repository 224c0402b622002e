package banking.launcher;

import banking.embedded.Directories;
import banking.embedded.LocalKeys;
import banking.embedded.LocalUsers;
import banking.embedded.StartFailure;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What runs as one service.
 *
 * @param name also the name of its database, role and log
 * @param program the command line; where to listen and what to connect to comes in its environment
 */
public record ServiceDefinition(
        String name, List<String> program, ServicePorts ports, Map<String, String> environment) {

    private static final String PROGRAM = "quarkus-app";
    private static final String JAR = "quarkus-run.jar";

    /** The one that signs what it seals. */
    private static final String SEALS = "command";

    /** Where a person reads what the service offers: on a page that only {@code -Pbank} builds. */
    private static final String API = "BANK_FRONT_DOOR_API";

    /** A process without memory answers neither callers nor probes: better that it starts anew. */
    private static final List<String> BOUNDS = List.of("-Xmx512m", "-XX:+ExitOnOutOfMemoryError");

    /** In a heap as small as this G1 marks all the time, beside those who work. */
    private static final String COLLECTOR = "-XX:+UseParallelGC";

    /** Here one teller is everybody, may do everything, and measures what the bank can take. */
    private static final Map<String, String> BOUNDS_OF_CALLERS =
            Map.of(
                    "BANK_BOUNDS_ADDRESS_REQUESTS_PER_SECOND", "1000000",
                    "BANK_BOUNDS_CALLER_REQUESTS_PER_SECOND", "1000000",
                    "BANK_BOUNDS_OPEN_WAITS", "1000",
                    "BANK_LIMITS_FOUR_EYES", "",
                    "BANK_ACCOUNT_LIMITS_IN_EUR_SINGLE", "10000.00");

    public ServiceDefinition {
        program = List.copyOf(program);
        environment = Map.copyOf(environment);
    }

    /**
     * The service as Maven packages it, with the local users: for a JVM, with the cache of a
     * training run where there was one, or where {@code -Dbank.native} says so as the binary that
     * {@code ./mvnw -Dnative package} makes.
     *
     * @param root the repository's
     * @throws StartFailure when there is no such binary
     */
    public static ServiceDefinition packaged(String name, Path root, ServicePorts ports) {
        Path target = root.resolve("banking-" + name + "-service/target");
        List<String> program = new ArrayList<>(BOUNDS);
        Map<String, String> settings = new HashMap<>();
        if (BankSettings.flag("bank.native")) {
            program.addFirst(binary(target).toString());
        } else {
            program.addFirst(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            program.add(COLLECTOR);
            program.add("--enable-native-access=ALL-UNNAMED");
            program.add("--sun-misc-unsafe-memory-access=allow");
            Path cache = target.resolve(PROGRAM).resolve("app.aot");
            if (Files.exists(cache)) {
                program.add("-XX:AOTCache=" + cache);
            }
            program.add("-jar");
            program.add(target.resolve(PROGRAM).resolve(JAR).toString());
            settings.put(API, "/q/swagger-ui");
        }
        LocalUsers.settings().forEach((setting, value) -> settings.put(variable(setting), value));
        return new ServiceDefinition(name, program, ports, settings);
    }

    private static Path binary(Path target) {
        try (DirectoryStream<Path> found = Files.newDirectoryStream(target, "*-runner")) {
            for (Path binary : found) {
                return binary.toAbsolutePath();
            }
        } catch (IOException e) {
            throw new StartFailure("There is no native binary: " + e);
        }
        throw new StartFailure(
                "There is no native binary in " + target + ": ./mvnw -Dnative package");
    }

    private static String variable(String setting) {
        return setting.toUpperCase(Locale.ROOT).replace('.', '_');
    }

    /**
     * With what Maven has packaged copied into a folder, so that a build beside the running service
     * harms nothing; anything else stays what it is.
     */
    ServiceDefinition copiedInto(Path folder) throws IOException {
        Path jar = Path.of(program.getLast());
        if (!jar.endsWith(JAR)) {
            return this;
        }
        Path original = jar.resolveSibling("");
        Path copy = folder.resolve(name);
        Directories.copy(original, copy);
        List<String> copied =
                program.stream()
                        .map(word -> word.replace(original.toString(), copy.toString()))
                        .toList();
        return new ServiceDefinition(name, copied, ports, environment);
    }

    /** Tells the service where everything is; what it was told before wins. */
    ServiceDefinition wiredTo(Database database, String bootstrapServers) {
        Map<String, String> servers =
                Map.of(
                        "QUARKUS_DATASOURCE_JDBC_URL",
                        database.url(),
                        "QUARKUS_DATASOURCE_USERNAME",
                        database.username(),
                        "QUARKUS_DATASOURCE_PASSWORD",
                        database.password(),
                        "KAFKA_BOOTSTRAP_SERVERS",
                        bootstrapServers,
                        // People read this bank's logs.
                        "QUARKUS_LOG_CONSOLE_JSON_ENABLED",
                        "false",
                        // The launcher was told both, each service only learns its own.
                        "COMMAND_DATABASE_PASSWORD",
                        "",
                        "QUERY_DATABASE_PASSWORD",
                        "");
        return new ServiceDefinition(name, program, ports, servers)
                .with(listening(ports))
                .with(BOUNDS_OF_CALLERS)
                .with(environment);
    }

    /** The local users' passwords are known to everybody, so nobody from elsewhere gets in. */
    private static Map<String, String> listening(ServicePorts ports) {
        return Map.of(
                "QUARKUS_HTTP_HOST",
                "127.0.0.1",
                "QUARKUS_HTTP_PORT",
                Integer.toString(ports.http()),
                "QUARKUS_MANAGEMENT_HOST",
                "127.0.0.1",
                "QUARKUS_MANAGEMENT_PORT",
                Integer.toString(ports.management()));
    }

    /** Tells the service where its mails go; what it was told before wins. */
    ServiceDefinition mailingThrough(int mailPort) {
        Map<String, String> server =
                Map.of(
                        "QUARKUS_MAILER_HOST", "127.0.0.1",
                        "QUARKUS_MAILER_PORT", Integer.toString(mailPort),
                        "QUARKUS_MAILER_START_TLS", "DISABLED");
        return new ServiceDefinition(name, program, ports, server).with(environment);
    }

    /** Tells the service whose tokens it takes, though they come by plain HTTP on this machine. */
    ServiceDefinition trusting(String issuer) {
        Map<String, String> provider =
                Map.of("BANK_SECURITY_ISSUER", issuer, "QUARKUS_PROFILE", "prod,local");
        return new ServiceDefinition(name, program, ports, provider).with(environment);
    }

    /**
     * Tells the service the keys that it proves the journal and keeps personal data with, and none
     * that it has no use for; what it was told before wins.
     *
     * @param keys the folder of their files; those that are not there are made
     */
    ServiceDefinition keyedFrom(Path keys) throws IOException {
        var files = new HashMap<String, String>();
        files.put("BANK_CHAIN_KEYS_FILE", LocalKeys.chain(keys).toString());
        files.put("BANK_PERSONAL_MASTER_KEYS", LocalKeys.master(keys).toString());
        if (name.equals(SEALS)) {
            files.put("BANK_SEALS_KEY_FILE", LocalKeys.seals(keys).toString());
        }
        return new ServiceDefinition(name, program, ports, files).with(environment);
    }

    /** Tells the service where its callers find the other one; what it was told before wins. */
    ServiceDefinition showing(ServiceDefinition other) {
        String variable = "BANK_" + other.name().toUpperCase(Locale.ROOT) + "_SERVICE_URL";
        Map<String, String> url = Map.of(variable, "http://localhost:" + other.ports.http());
        return new ServiceDefinition(name, program, ports, url).with(environment);
    }

    ServiceDefinition on(ServicePorts others) {
        return new ServiceDefinition(name, program, others, environment).with(listening(others));
    }

    /** The path under which the service tells what it offers. */
    String api() {
        return environment.getOrDefault(API, "/q/openapi");
    }

    /** Instances of one service are told apart by their ports. */
    String logName() {
        return name + "-" + ports.http() + ".log";
    }

    /** With variables added to those it has, or put in their place. */
    public ServiceDefinition with(Map<String, String> variables) {
        Map<String, String> merged = new HashMap<>(environment);
        merged.putAll(variables);
        return new ServiceDefinition(name, program, ports, merged);
    }
}
