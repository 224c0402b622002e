package banking.database;

import java.sql.SQLException;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The one list of what may pass of all that can fail about the database. A failure that is about
 * the data stays, whoever tries again. Whatever else the database says, and whatever keeps it from
 * saying anything, is about its state or the way to it, and may be gone after a moment.
 */
public final class DatabaseFailure {

    /**
     * Classes of SQLSTATE that are about the data: a value (22), a constraint (23), a limit of the
     * program's (54), what a trigger has against it (P0).
     */
    private static final Set<String> ABOUT_THE_DATA = Set.of("22", "23", "54", "P0");

    /** Another transaction was in the way (40, 55P03), or it took too long (57014). */
    private static final Set<String> ABOUT_THE_MOMENT = Set.of("40", "55P03", "57014");

    /**
     * Where the others of the pool are no better: the connection broke (08), the server ends or
     * starts (57P), it has become a replica (25006).
     */
    private static final Set<String> ABOUT_THE_SERVER = Set.of("08", "57P", "25006");

    /** Causes end sooner, unless they run in a ring. */
    private static final int MAX_CAUSES = 20;

    private DatabaseFailure() {}

    /** Whether the database is what failed, and doing the same again may help. */
    public static boolean mayPass(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .limit(MAX_CAUSES)
                .filter(SQLException.class::isInstance)
                .map(cause -> (SQLException) cause)
                .findFirst()
                .filter(cause -> !begins(cause, ABOUT_THE_DATA))
                .isPresent();
    }

    /** Whether the failure is one of the database's with this SQLSTATE. */
    public static boolean is(String state, Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .limit(MAX_CAUSES)
                .anyMatch(
                        cause -> cause instanceof SQLException e && state.equals(e.getSQLState()));
    }

    /** Whether the session that failed so is not to be used again. */
    static boolean condemnsSession(SQLException failure) {
        return !begins(failure, ABOUT_THE_DATA) && !begins(failure, ABOUT_THE_MOMENT);
    }

    /** Whether other sessions of the same server will fail like this one. */
    static boolean condemnsAllSessions(SQLException failure) {
        return begins(failure, ABOUT_THE_SERVER);
    }

    /** The driver and the pool leave the state out where they got no answer at all. */
    private static boolean begins(SQLException failure, Set<String> states) {
        var state = failure.getSQLState();
        return state != null && states.stream().anyMatch(state::startsWith);
    }
}
