package banking.launcher;

import banking.embedded.Infrastructure;
import banking.embedded.Infrastructure.Servers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;

/** A PostgreSQL that nobody gets into without TLS and a password. */
final class SecuredPostgres implements AutoCloseable {

    private final Infrastructure server;

    private SecuredPostgres(Infrastructure server) {
        this.server = server;
    }

    static SecuredPostgres start(Certificates certificates) throws Exception {
        var postgres =
                new SecuredPostgres(
                        Infrastructure.start(
                                Infrastructure.Settings.temporary(Servers.POSTGRES, false)));
        certificates.issue("postgres");
        postgres.take(certificates.certificate("postgres"), "server.crt");
        postgres.take(certificates.key("postgres"), "server.key");
        Files.writeString(
                postgres.data().resolve("pg_hba.conf"),
                "hostssl all all 127.0.0.1/32 scram-sha-256\n");
        postgres.reload();
        return postgres;
    }

    private Path data() {
        return server.addresses().directory().resolve("postgres/data");
    }

    /** A key that others may read is not taken. */
    private void take(Path file, String name) throws IOException {
        Path taken = Files.copy(file, data().resolve(name));
        Files.setPosixFilePermissions(taken, PosixFilePermissions.fromString("rw-------"));
        Files.setOwner(taken, Files.getOwner(data()));
    }

    private void reload() throws SQLException {
        try (var connection = DriverManager.getConnection(server.addresses().superuserUrl());
                var statement = connection.createStatement()) {
            statement.execute("alter system set ssl = on");
            statement.execute("select pg_reload_conf()");
        }
    }

    int port() {
        return server.addresses().postgresPort();
    }

    @Override
    public void close() {
        server.close();
    }
}
