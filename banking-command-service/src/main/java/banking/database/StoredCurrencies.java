package banking.database;

import banking.events.Currency;
import io.quarkus.flyway.FlywayConfigurationCustomizer;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import org.flywaydb.core.api.callback.BaseCallback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/**
 * Notes in the database with how many decimals of each currency this program counts, and compares
 * with what was noted before: another number would make other amounts of all that is stored. A
 * currency that only the database knows contradicts nothing; its amounts are refused where they
 * come up.
 */
@Singleton
class StoredCurrencies extends BaseCallback implements FlywayConfigurationCustomizer {

    @Override
    public void customize(FluentConfiguration flyway) {
        flyway.callbacks(this);
    }

    @Override
    public boolean supports(Event event, Context context) {
        return event == Event.AFTER_MIGRATE || event == Event.AFTER_VALIDATE;
    }

    /**
     * @throws IllegalStateException on a contradiction, so that the program does not start
     */
    @Override
    public void handle(Event event, Context context) {
        try {
            if (event == Event.AFTER_MIGRATE) {
                add(context.getConnection());
            }
            if (isThere(context.getConnection())) {
                compare(context.getConnection());
            }
        } catch (SQLException e) {
            throw new IllegalStateException("the currencies cannot be compared", e);
        }
    }

    private static void add(Connection database) throws SQLException {
        var insert = "insert into currency (code, decimals) values (?, ?) on conflict do nothing";
        try (var statement = database.prepareStatement(insert)) {
            for (var currency : Currency.all().toList()) {
                statement.setString(1, currency.code());
                statement.setInt(2, currency.decimals());
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    /** Before the first migration it is not. */
    private static boolean isThere(Connection database) throws SQLException {
        try (var statement = database.createStatement();
                var rows = statement.executeQuery("select to_regclass('currency') is not null")) {
            return rows.next() && rows.getBoolean(1);
        }
    }

    private static void compare(Connection database) throws SQLException {
        try (var statement = database.createStatement();
                var rows = statement.executeQuery("select code, decimals from currency")) {
            while (rows.next()) {
                var code = rows.getString("code");
                int stored = rows.getInt("decimals");
                if (Currency.isKnown(code) && new Currency(code).decimals() != stored) {
                    throw new IllegalStateException(
                            "amounts of "
                                    + code
                                    + " are stored with "
                                    + stored
                                    + " decimals, but this program counts with "
                                    + new Currency(code).decimals());
                }
            }
        }
    }
}
