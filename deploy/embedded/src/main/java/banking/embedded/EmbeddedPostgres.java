package banking.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A PostgreSQL server with one database and one role for each of the two services. */
final class EmbeddedPostgres implements AutoCloseable {

    static final String SUPERUSER = "postgres";

    private static final List<String> DATABASES = List.of("command", "query");

    /** Long enough for the recovery of a full write-ahead log after a crash. */
    private static final Duration READY_WITHIN = Duration.ofSeconds(60);

    private static final int LOG_LINES = 8;

    private final ChildProcess server;
    private final int port;

    private EmbeddedPostgres(ChildProcess server, int port) {
        this.server = server;
        this.port = port;
    }

    static EmbeddedPostgres start(Path directory, Path log, int port, boolean durable)
            throws IOException, InterruptedException, SQLException {
        Path home = PostgresBinaries.unpacked();
        Path data = directory.resolve("data");
        Files.createDirectories(directory);
        if (!Files.exists(data)) {
            initialise(home, directory, log, durable);
        }
        EmbeddedPostgres postgres =
                new EmbeddedPostgres(
                        ChildProcess.start(
                                server(home, data, port, durable),
                                Map.of(),
                                log,
                                // PostgreSQL's fast shutdown: does not wait for its clients to go.
                                ChildProcess.StopSignal.INT),
                        port);
        try {
            postgres.awaitReady();
            postgres.createDatabases();
            return postgres;
        } catch (SQLException | RuntimeException e) {
            postgres.close();
            throw e;
        }
    }

    void onExit(Runnable action) {
        server.onExit(action);
    }

    static String url(int port, String database, String role) {
        return "jdbc:postgresql://127.0.0.1:"
                + port
                + "/"
                + database
                + "?user="
                + role
                + "&password="
                + role;
    }

    @Override
    public void close() {
        server.close();
    }

    /**
     * Written beside its place and renamed, so that an interrupted start leaves no half cluster.
     */
    private static void initialise(Path home, Path directory, Path log, boolean durable)
            throws IOException, InterruptedException {
        Path fresh = directory.resolve("initialising");
        Directories.delete(fresh);
        Path password = Files.writeString(directory.resolve("password"), SUPERUSER);
        List<String> command =
                asOrdinaryUser(
                        home.resolve("bin/initdb").toString(),
                        "--pgdata=" + fresh,
                        "--username=" + SUPERUSER,
                        "--pwfile=" + password,
                        "--auth=scram-sha-256",
                        "--encoding=UTF8",
                        "--locale=C.UTF-8");
        if (!durable) {
            command.add("--no-sync");
        }
        int exit =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                        .start()
                        .waitFor();
        Files.delete(password);
        if (exit != 0) {
            throw new StartFailure(
                    "PostgreSQL could not create its data folder:\n" + Files.readString(log));
        }
        Files.move(fresh, directory.resolve("data"));
    }

    private static List<String> server(Path home, Path data, int port, boolean durable) {
        String switched = durable ? "on" : "off";
        return asOrdinaryUser(
                home.resolve("bin/postgres").toString(),
                "-D",
                data.toString(),
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

    /**
     * PostgreSQL refuses to run as root; a user namespace of its own makes root an ordinary user.
     */
    private static List<String> asOrdinaryUser(String... command) {
        List<String> whole = new ArrayList<>();
        if ("root".equals(System.getProperty("user.name"))) {
            whole.addAll(List.of("unshare", "--user"));
        }
        whole.addAll(List.of(command));
        return whole;
    }

    private void awaitReady() throws InterruptedException, SQLException {
        long deadline = System.nanoTime() + READY_WITHIN.toNanos();
        while (true) {
            try {
                connect().close();
                return;
            } catch (SQLException e) {
                if (!server.isAlive()) {
                    throw new StartFailure(
                            "PostgreSQL did not start:\n" + server.lastLines(LOG_LINES), e);
                }
                if (System.nanoTime() > deadline) {
                    throw e;
                }
                Thread.sleep(20);
            }
        }
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(url(port, "postgres", SUPERUSER));
    }

    /** A service's role owns its database and may not even connect to any other. */
    private void createDatabases() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute("REVOKE CONNECT ON DATABASE postgres, template1 FROM PUBLIC");
            for (String name : DATABASES) {
                if (!exists(connection, "SELECT FROM pg_roles WHERE rolname = ?", name)) {
                    statement.execute("CREATE ROLE " + name + " LOGIN PASSWORD '" + name + "'");
                }
                if (!exists(connection, "SELECT FROM pg_database WHERE datname = ?", name)) {
                    statement.execute("CREATE DATABASE " + name + " OWNER " + name);
                }
                statement.execute("REVOKE ALL ON DATABASE " + name + " FROM PUBLIC");
            }
        }
    }

    private static boolean exists(Connection connection, String query, String name)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setString(1, name);
            try (ResultSet result = statement.executeQuery()) {
                return result.next();
            }
        }
    }
}
