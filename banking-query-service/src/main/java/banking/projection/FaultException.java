package banking.projection;

import banking.database.DatabaseFailure;
import banking.parking.Reason;
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
        if (DatabaseFailure.mayPass(e)) {
            throw e;
        }
        return new FaultException(e);
    }
}
