package banking.embedded;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Servers in a child JVM, which ends when this object is closed or this process ends. */
public final class Infrastructure implements AutoCloseable {

    private static final int READY_WITHIN_SECONDS = 120;

    private static final int LOG_LINES = 15;

    /**
     * Which servers the child runs; a broker that is to be killed alone needs a child of its own.
     */
    public enum Servers {
        POSTGRES,
        KAFKA,
        BOTH
    }

    /**
     * @param directory where the servers keep their data, and their log
     * @param postgresPort 0 for any free one, as for Kafka's
     * @param durable whether PostgreSQL waits for its disk; only tests can do without
     * @param temporary whether the child deletes the directory when it ends
     */
    public record Settings(
            Servers servers,
            Path directory,
            int postgresPort,
            int kafkaPort,
            boolean durable,
            boolean temporary) {

        /** Free ports and a directory that goes away with the child. */
        public static Settings temporary(Servers servers, boolean durable) {
            try {
                Path directory = Files.createTempDirectory("bank-");
                ServerUser.letThrough(directory);
                return new Settings(servers, directory, 0, 0, durable, true);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        static Settings fromArguments(String... arguments) {
            return new Settings(
                    Servers.valueOf(arguments[0]),
                    Path.of(arguments[1]),
                    Integer.parseInt(arguments[2]),
                    Integer.parseInt(arguments[3]),
                    Boolean.parseBoolean(arguments[4]),
                    Boolean.parseBoolean(arguments[5]));
        }

        /** What the servers and their JVM have to say, in one file. */
        Path log() {
            String name = servers.name().toLowerCase(Locale.ROOT) + ".log";
            return logs().resolve(name);
        }

        Path logs() {
            return directory.resolve("logs");
        }

        private List<String> toArguments() {
            return List.of(
                    servers.name(),
                    directory.toAbsolutePath().toString(),
                    Integer.toString(postgresPort),
                    Integer.toString(kafkaPort),
                    Boolean.toString(durable),
                    Boolean.toString(temporary));
        }
    }

    private final ChildProcess child;
    private @Nullable Addresses addresses;

    private Infrastructure(ChildProcess child) {
        this.child = child;
    }

    /**
     * Returns when the servers accept connections, with the databases, roles and topics in place.
     *
     * @throws StartFailure when they do not start
     */
    public static Infrastructure start(Settings settings) {
        Infrastructure launched = launch(settings);
        launched.awaitReady();
        return launched;
    }

    private static Infrastructure launch(Settings settings) {
        return launch(settings, ClassPath.current());
    }

    /**
     * Returns at once; {@link #awaitReady()} waits.
     *
     * @param classPath what the child runs from
     */
    public static Infrastructure launch(Settings settings, List<Path> classPath) {
        try {
            Directories.createPrivate(settings.logs());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Infrastructure(
                ChildProcess.startReadable(
                        command(settings, classPath),
                        settings.log(),
                        ChildProcess.StopSignal.TERM));
    }

    public void awaitReady() {
        try {
            addresses =
                    CompletableFuture.supplyAsync(() -> Addresses.parse(readyLine(child)))
                            .orTimeout(READY_WITHIN_SECONDS, TimeUnit.SECONDS)
                            .join();
        } catch (CompletionException e) {
            child.close();
            if (e.getCause() instanceof StartFailure refused) {
                throw refused;
            }
            throw new StartFailure(
                    "The servers did not get ready:\n" + child.lastLines(LOG_LINES), e);
        }
    }

    private static List<String> command(Settings settings, List<Path> classPath) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xms64m", "-Xmx256m", "-XX:+UseSerialGC"));
        if (!settings.durable()) {
            command.add("-XX:TieredStopAtLevel=1");
        }
        command.addAll(
                List.of(
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        // Whatever logging the parent's class path holds, the child uses its own.
                        "-Dslf4j.internal.verbosity=WARN",
                        "-Dslf4j.provider=" + WarningsOnly.class.getName(),
                        "-cp",
                        classPath.stream()
                                .map(Path::toString)
                                .collect(Collectors.joining(File.pathSeparator)),
                        InfrastructureMain.class.getName()));
        command.addAll(settings.toArguments());
        return command;
    }

    private static String readyLine(ChildProcess child) {
        try {
            BufferedReader output = child.output();
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                if (line.startsWith(InfrastructureMain.READY)) {
                    return line.substring(InfrastructureMain.READY.length());
                }
                if (line.startsWith(InfrastructureMain.FAILED)) {
                    String rest = output.lines().collect(Collectors.joining("\n", "\n", ""));
                    String reason = line.substring(InfrastructureMain.FAILED.length()) + rest;
                    throw new StartFailure(reason.strip());
                }
            }
            throw new StartFailure(
                    "The servers ended while starting:\n" + child.lastLines(LOG_LINES));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Addresses addresses() {
        return Objects.requireNonNull(addresses, "The servers are not ready yet");
    }

    public ChildProcess process() {
        return child;
    }

    @Override
    public void close() {
        child.close();
    }
}
