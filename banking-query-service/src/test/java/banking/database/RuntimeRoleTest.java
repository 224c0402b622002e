package banking.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import banking.embedded.BankTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the service may do where the migrations are made by another role, which owns the tables. */
@QuarkusTest
@QuarkusTestResource(
        value = BankTestResource.class,
        initArgs = @ResourceArg(name = "service", value = "query"))
class RuntimeRoleTest {

    private static final String NOT_ALLOWED = "42501";

    private Connection role;

    @BeforeEach
    void connect() throws SQLException {
        role =
                DriverManager.getConnection(
                        BankTestResource.addresses().jdbcUrl("query"), "bank_query", "bank_query");
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
                "truncate account_view",
                "alter table account_view drop column owner",
                "drop table account_view",
                "create table mine (id int)",
                "update currency set decimals = 0",
                "delete from flyway_schema_history"
            })
    void whoever_takes_the_service_over_cannot(String sql) {
        assertThatThrownBy(() -> execute(sql))
                .isInstanceOfSatisfying(
                        SQLException.class,
                        e -> assertThat(e.getSQLState()).isEqualTo(NOT_ALLOWED));
    }

    private void execute(String sql) throws SQLException {
        try (var statement = role.createStatement()) {
            statement.execute(sql);
        }
    }
}
