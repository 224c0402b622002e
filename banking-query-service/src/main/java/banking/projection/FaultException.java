package banking.projection;

import java.sql.SQLException;

/**
 * A projection failed over what some event of a batch holds, not over the state of the world: doing
 * it again will fail again.
 */
final class FaultException extends RuntimeException {

    private static final long serialVersionUID = 1;

    FaultException(RuntimeException cause) {
        super(Reason.of(cause), cause);
    }

    private FaultException(SQLException cause) {
        super(Reason.of(cause), cause);
    }

    /** Throws what the failure amounts to: a fault of the data, or else the failure itself. */
    static FaultException orInfrastructure(SQLException e) throws SQLException {
        var state = e.getSQLState() == null ? "" : e.getSQLState();
        if (state.startsWith(DATA_EXCEPTION)
                || state.startsWith(INTEGRITY_VIOLATION)
                || state.startsWith(LIMIT_EXCEEDED)) {
            return new FaultException(e);
        }
        throw e;
    }

    private static final String DATA_EXCEPTION = "22";
    private static final String INTEGRITY_VIOLATION = "23";
    private static final String LIMIT_EXCEEDED = "54";
}
