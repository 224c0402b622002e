package banking.database;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * The only code that begins and ends a transaction. Plain JDBC rather than JTA: there is one
 * resource, and what went wrong at the commit comes back as the database said it, which decides
 * whether trying again makes sense.
 */
@ApplicationScoped
public class Transactions {

    private static final int VACUUM_MILLIS = 60_000;

    private final DataSource database;

    Transactions(DataSource database) {
        this.database = database;
    }

    /** What happens within one transaction. */
    @FunctionalInterface
    public interface Work<T, X extends Exception> {
        T in(Connection transaction) throws SQLException, X;
    }

    /**
     * Runs the work in a new transaction and commits it, where the work's last statements have not
     * taken the commit along; when this returns, it is committed.
     *
     * @throws SQLException when the database failed: nothing was committed, or it was and the
     *     commit's answer was lost
     */
    public <T, X extends Exception> T commit(Work<T, X> work) throws SQLException, X {
        try (var connection = database.getConnection()) {
            connection.setAutoCommit(false);
            var committed = false;
            try {
                var result = work.in(connection);
                connection.commit();
                committed = true;
                return result;
            } finally {
                if (!committed) {
                    rollback(connection);
                }
            }
        }
    }

    /**
     * Runs the last statements of some work in their order, and commits in the same trip. It is the
     * end of that work: what an answer to them might have changed comes too late.
     */
    public static void commitWith(MultiRow last) throws SQLException {
        last.add("commit").run().close();
    }

    /**
     * Runs a single statement, which is a transaction of its own: that spares the trips that begin
     * and end one.
     */
    public <T, X extends Exception> T single(Work<T, X> statement) throws SQLException, X {
        try (var connection = database.getConnection()) {
            return statement.in(connection);
        }
    }

    /**
     * Takes what was deleted out of a table. It is the one statement without a transaction, and the
     * one that may take its time; where somebody else cleans up already, it does nothing.
     */
    public void vacuum(String table) throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            var usual = connection.getNetworkTimeout();
            try {
                connection.setNetworkTimeout(Runnable::run, VACUUM_MILLIS + usual);
                statement.execute("set transaction_timeout = " + VACUUM_MILLIS);
                statement.execute("vacuum (skip_locked, truncate false) " + table);
            } finally {
                statement.execute("reset transaction_timeout");
                connection.setNetworkTimeout(Runnable::run, usual);
            }
        }
    }

    /** What made the work fail is told; that the connection is gone too, is not. */
    private static void rollback(Connection connection) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            // The server rolls back what a lost connection leaves behind.
        }
    }
}
