package banking.database;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * Takes what was deleted out of a table. It is the one statement without a transaction, and the one
 * that may take its time; where somebody else cleans up already, it does nothing.
 */
@ApplicationScoped
public class Vacuum {

    private static final int MILLIS = 60_000;

    private final DataSource database;

    Vacuum(DataSource database) {
        this.database = database;
    }

    public void clean(String table) throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            var usual = connection.getNetworkTimeout();
            try {
                connection.setNetworkTimeout(Runnable::run, MILLIS + usual);
                statement.execute("set transaction_timeout = " + MILLIS);
                statement.execute("vacuum (skip_locked, truncate false) " + table);
            } finally {
                statement.execute("reset transaction_timeout");
                connection.setNetworkTimeout(Runnable::run, usual);
            }
        }
    }
}
