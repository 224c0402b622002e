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

    private final DataSource database;

    public Transactions(DataSource database) {
        this.database = database;
    }

    @FunctionalInterface
    public interface Work<T> {
        T in(Statements statements) throws SQLException;
    }

    /**
     * Runs the work in a new transaction and commits it. What still waits by then travels with the
     * commit, unless one of these statements may yet show that nothing must be committed.
     *
     * @throws SQLException when the database failed: nothing was committed, or it was and the
     *     commit's answer was lost
     */
    public <T> T commit(Work<T> work) throws SQLException {
        try (var connection = database.getConnection()) {
            connection.setAutoCommit(false);
            var committed = false;
            try {
                var statements = new Statements(connection);
                var result = work.in(statements);
                if (statements.expectSomething()) {
                    statements.run();
                }
                statements.write("commit").run();
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
     * Runs statements that make one trip, which is a transaction by itself: that spares those that
     * begin and end one.
     *
     * @throws IllegalStateException when there is a second trip
     */
    public <T> T single(Work<T> trip) throws SQLException {
        try (var connection = database.getConnection()) {
            var statements = new Statements(connection);
            var result = trip.in(statements);
            statements.run();
            return result;
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
