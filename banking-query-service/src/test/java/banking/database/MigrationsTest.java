package banking.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import banking.embedded.BankTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(
        value = BankTestResource.class,
        initArgs = @ResourceArg(name = "service", value = "query"))
class MigrationsTest {

    @Inject Flyway flyway;

    @Test
    void a_migration_may_take_longer_than_any_statement_of_the_service() throws SQLException {
        try (var session = flyway.getConfiguration().getDataSource().getConnection()) {
            assertThat(setting(session, "statement_timeout")).isEqualTo("1h");
            assertThat(setting(session, "idle_in_transaction_session_timeout")).isEqualTo("1h");
            assertThat(setting(session, "lock_timeout")).isEqualTo("10s");
            assertThat(Duration.ofMillis(session.getNetworkTimeout()))
                    .isGreaterThan(Duration.ofHours(1));
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

    private static String setting(Connection session, String name) throws SQLException {
        try (var statement = session.createStatement();
                var row = statement.executeQuery("show " + name)) {
            row.next();
            return row.getString(1);
        }
    }
}
