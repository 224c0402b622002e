package banking.account;

import banking.database.Statements;
import java.sql.SQLException;
import java.util.List;

/**
 * Makes further views of the accounts' events. Every bean of this type is run in the transaction
 * that brings the events into the account views, so one reading of the topic makes them all, and
 * each event has its effect on all of them once.
 */
public interface AccountFollower {

    /**
     * @param events of one batch; each account's in order of their versions
     * @throws RuntimeException when some event cannot be; its account is then parked
     */
    void write(Statements statements, List<AppliedEvent> events) throws SQLException;
}
