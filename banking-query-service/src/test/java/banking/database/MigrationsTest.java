package banking.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import banking.embedded.BankTestResource;
import banking.embedded.FreePorts;
import banking.embedded.TcpProxy;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManagerFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@QuarkusTest
@QuarkusTestResource(
        value = BankTestResource.class,
        initArgs = @ResourceArg(name = "service", value = "query"))
class MigrationsTest {

    @Inject Flyway flyway;
    @Inject DataSource sessions;
    @Inject EntityManagerFactory rows;

    @Test
    void the_migrations_make_the_tables_that_the_rows_are_read_from() throws Exception {
        rows.getSchemaManager().validate();
    }

    @Test
    void a_database_that_comes_up_later_than_the_service_is_waited_for() throws Exception {
        int port = FreePorts.next();
        var early =
                Flyway.configure()
                        .dataSource(
                                "jdbc:postgresql://127.0.0.1:" + port + "/query", "query", "query")
                        .load();
        var started =
                CompletableFuture.runAsync(() -> Migrations.migrate(early, Duration.ofMinutes(1)));
        assertThat(started).isNotDone();

        try (var _ = TcpProxy.open(port, BankTestResource.addresses().postgresPort())) {
            started.get(30, TimeUnit.SECONDS);
        }
    }

    @Test
    void a_process_that_may_not_migrate_waits_for_one_that_does(@TempDir Path scripts)
            throws Exception {
        Files.writeString(scripts.resolve("V1__made.sql"), "create table made (id int);");
        var made =
                Flyway.configure()
                        .dataSource(flyway.getConfiguration().getDataSource())
                        .schemas("made_elsewhere")
                        .locations("filesystem:" + scripts)
                        .load();
        assertThatThrownBy(() -> Migrations.awaitMigrated(made, Duration.ZERO))
                .hasMessageContaining("not all migrations have been made");
        var started =
                CompletableFuture.runAsync(
                        () -> Migrations.awaitMigrated(made, Duration.ofMinutes(1)));
        assertThat(started).isNotDone();

        made.migrate();

        started.get(30, TimeUnit.SECONDS);
    }

    @Test
    void a_script_that_cannot_run_is_not_tried_again(@TempDir Path scripts) throws Exception {
        Files.writeString(scripts.resolve("V1__broken.sql"), "alter table nobody_made add x int;");
        var configured = flyway.getConfiguration();
        var broken =
                Flyway.configure()
                        .dataSource(configured.getDataSource())
                        .schemas("broken")
                        .locations("filesystem:" + scripts)
                        .load();

        assertThatThrownBy(() -> Migrations.migrate(broken, Duration.ofDays(1)))
                .hasStackTraceContaining("nobody_made");
    }

    @Test
    void what_bounds_a_session_does_not_bound_a_migration() throws SQLException {
        try (var session = sessions.getConnection();
                var bound = session.createStatement().executeQuery("show transaction_timeout")) {
            bound.next();
            assertThat(bound.getString(1)).isEqualTo("2500ms");
        }
        try (var migration = flyway.getConfiguration().getDataSource().getConnection();
                var bound = migration.createStatement().executeQuery("show transaction_timeout")) {
            bound.next();
            assertThat(bound.getString(1)).isEqualTo("0");
            assertThat(migration.getNetworkTimeout()).isZero();
        }
    }

    @Test
    void a_program_that_counts_a_currency_otherwise_than_what_is_stored_does_not_start()
            throws SQLException {
        execute("update currency set decimals = 2 where code = 'JPY'");
        try {
            assertThatThrownBy(() -> flyway.migrate())
                    .hasStackTraceContaining(
                            "amounts of JPY are stored with 2 decimals, but this program counts with 0");
        } finally {
            execute("update currency set decimals = 0 where code = 'JPY'");
        }
        flyway.migrate();
    }

    private void execute(String sql) throws SQLException {
        try (var session = flyway.getConfiguration().getDataSource().getConnection();
                var statement = session.createStatement()) {
            statement.execute(sql);
        }
    }
}
