package banking.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import banking.CommandServiceTest;
import banking.embedded.BankTestResource;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the service may do where the migrations are made by another role, which owns the tables. */
@CommandServiceTest
class RuntimeRoleTest {

    private static final String NOT_ALLOWED = "42501";

    private Connection role;

    @BeforeEach
    void connect() throws SQLException {
        role =
                DriverManager.getConnection(
                        BankTestResource.addresses().jdbcUrl("command"),
                        "bank_command",
                        "bank_command");
    }

    @AfterEach
    void close() throws SQLException {
        role.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update audit_entry set actor = 'nobody'",
                "delete from audit_entry",
                "truncate audit_entry",
                "alter table audit_entry disable trigger all",
                "update given_command set roles = '{auditor}'",
                "delete from given_command",
                "update event set payload = '{}'",
                "delete from event",
                "truncate event",
                "alter table event disable trigger all",
                "drop trigger event_is_append_only on event",
                "drop table event",
                "create table mine (id int)",
                "delete from processed_command",
                "delete from seal",
                "update seal set leaves = ''",
                "update claim set stream_id = gen_random_uuid()",
                "update currency set decimals = 0",
                "delete from flyway_schema_history"
            })
    void whoever_takes_the_service_over_cannot(String sql) {
        assertThatThrownBy(() -> execute(sql))
                .isInstanceOfSatisfying(
                        SQLException.class,
                        e -> assertThat(e.getSQLState()).isEqualTo(NOT_ALLOWED));
    }

    @Test
    void it_can_vacuum_the_outbox_which_the_relay_needs() throws SQLException {
        try (var statement = role.createStatement()) {
            statement.execute("vacuum outbox");
            assertThat((Throwable) statement.getWarnings()).isNull();
            statement.execute("vacuum event");
            assertThat((Throwable) statement.getWarnings())
                    .hasMessageContaining("permission denied");
        }
    }

    private void execute(String sql) throws SQLException {
        try (var statement = role.createStatement()) {
            statement.execute(sql);
        }
    }
}
