package banking.embedded;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A PostgreSQL server with one database and one role for each of the two services. */
final class EmbeddedPostgres implements AutoCloseable {

    private static final List<String> DATABASES = List.of("command", "query");

    /** Long enough for the recovery of a full write-ahead log after a crash. */
    private static final Duration READY_WITHIN = Duration.ofSeconds(60);

    private static final int LOG_LINES = 8;

    private final ChildProcess server;
    private final Superuser superuser;
    private final int port;

    private EmbeddedPostgres(ChildProcess server, Superuser superuser, int port) {
        this.server = server;
        this.superuser = superuser;
        this.port = port;
    }

    /** Where PostgreSQL keeps what is its own among the data of all servers. */
    static Path in(Path directory) {
        return directory.resolve("postgres");
    }

    /**
     * @param directory PostgreSQL's own
     */
    static EmbeddedPostgres start(Path directory, Path log, int port, boolean durable)
            throws IOException, InterruptedException, SQLException {
        Directories.createPrivate(directory);
        PostgresPrograms programs = PostgresPrograms.on(directory, log);
        Superuser superuser = Superuser.of(directory);
        if (!programs.isInitialised()) {
            superuser.keepPassword(Superuser.newPassword());
            programs.initialise(superuser, durable);
        } else if (superuser.lacksPassword()) {
            String password = Superuser.newPassword();
            programs.setPassword(password);
            superuser.keepPassword(password);
        }
        EmbeddedPostgres postgres =
                new EmbeddedPostgres(
                        ChildProcess.start(
                                programs.server(port, durable),
                                Map.of(),
                                log,
                                // PostgreSQL's fast shutdown: does not wait for its clients to go.
                                ChildProcess.StopSignal.INT),
                        superuser,
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

    @Override
    public void close() {
        server.close();
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
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + port + "/postgres",
                Superuser.NAME,
                superuser.password());
    }

    /**
     * A service's role owns its database and may not even connect to any other. One more is for a
     * service that does not own its tables; the migrations grant it what it needs.
     */
    private void createDatabases() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute("revoke CONNECT on database postgres, template1 from PUBLIC");
            for (String name : DATABASES) {
                for (String role : List.of(name, "bank_" + name)) {
                    if (!exists(connection, "select from pg_roles where rolname = ?", role)) {
                        statement.execute("create role " + role + " LOGIN PASSWORD '" + role + "'");
                    }
                }
                if (!exists(connection, "select from pg_database where datname = ?", name)) {
                    statement.execute("create database " + name + " OWNER " + name);
                }
                statement.execute("revoke all on database " + name + " FROM PUBLIC");
                statement.execute("grant CONNECT on database " + name + " TO bank_" + name);
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
