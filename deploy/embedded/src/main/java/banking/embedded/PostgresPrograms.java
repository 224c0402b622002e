package banking.embedded;

import java.io.IOException;
import java.io.Writer;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** PostgreSQL's programs, run by whoever may run them on one server's directory. */
final class PostgresPrograms {

    private final Path home;
    private final List<String> asUser;
    private final Path directory;
    private final Path log;

    private PostgresPrograms(Path home, List<String> asUser, Path directory, Path log) {
        this.home = home;
        this.asUser = asUser;
        this.directory = directory;
        this.log = log;
    }

    /**
     * @param directory becomes that user's
     * @param log where the programs write what they do
     */
    static PostgresPrograms on(Path directory, Path log) throws IOException {
        Path home = PostgresBinaries.unpacked();
        List<String> asUser = ServerUser.running(home.resolve("bin/postgres"), directory);
        return new PostgresPrograms(home, asUser, directory, log);
    }

    boolean isInitialised() {
        return Files.exists(data());
    }

    /**
     * Written beside its place and renamed, so that an interrupted start leaves no half cluster.
     */
    void initialise(Superuser superuser, boolean durable) throws IOException, InterruptedException {
        Path fresh = directory.resolve("initialising");
        Directories.delete(fresh);
        List<String> command =
                command(
                        "initdb",
                        "--pgdata=" + fresh,
                        "--username=" + Superuser.NAME,
                        "--pwfile=" + superuser.passwordFile(),
                        "--auth=scram-sha-256",
                        "--encoding=UTF8",
                        "--locale=C.UTF-8");
        if (!durable) {
            command.add("--no-sync");
        }
        run(command, "", "PostgreSQL could not create its data folder");
        Files.move(fresh, data());
    }

    /** Without asking for the one before; only while no server runs. */
    void setPassword(String password) throws IOException, InterruptedException {
        run(
                command("postgres", "--single", "-D", data().toString(), "postgres"),
                "alter role " + Superuser.NAME + " PASSWORD '" + password + "'\n",
                "PostgreSQL did not start");
    }

    List<String> server(int port, boolean durable) {
        String switched = durable ? "on" : "off";
        return command(
                "postgres",
                "-D",
                data().toString(),
                "-p",
                Integer.toString(port),
                "-c",
                "listen_addresses=127.0.0.1",
                "-c",
                "unix_socket_directories=",
                "-c",
                "timezone=UTC",
                // Room for the busy pages, and for more log between two checkpoints.
                "-c",
                "shared_buffers=512MB",
                "-c",
                "max_wal_size=2GB",
                "-c",
                "fsync=" + switched,
                "-c",
                "full_page_writes=" + switched,
                "-c",
                "synchronous_commit=" + switched);
    }

    private Path data() {
        return directory.resolve("data");
    }

    private List<String> command(String program, String... arguments) {
        List<String> command = new ArrayList<>(asUser);
        command.add(home.resolve("bin").resolve(program).toString());
        command.addAll(List.of(arguments));
        return command;
    }

    private void run(List<String> command, String input, String otherwise)
            throws IOException, InterruptedException {
        Process running =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(Redirect.appendTo(log.toFile()))
                        .start();
        try (Writer writer = running.outputWriter(StandardCharsets.US_ASCII)) {
            writer.write(input);
        } catch (IOException e) {
            // It has ended already; its exit code says so.
        }
        if (running.waitFor() != 0) {
            throw new StartFailure(otherwise + ":\n" + Files.readString(log));
        }
    }
}
