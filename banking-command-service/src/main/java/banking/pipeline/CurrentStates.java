package banking.pipeline;

import banking.database.Transactions;
import banking.events.StreamId;
import banking.journal.Journal;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;

/**
 * Aggregates as they stand, for those to whom an event does not say enough; nothing is replayed.
 */
@ApplicationScoped
public class CurrentStates {

    private final Transactions transactions;

    CurrentStates(Transactions transactions) {
        this.transactions = transactions;
    }

    /**
     * The state as the last command left it; the initial one where there has been none.
     *
     * @throws UnavailableException when the database does not answer
     */
    public <S> S of(AggregateType<S, ?, ?> type, StreamId id) {
        try {
            return transactions
                    .commit(transaction -> Journal.state(transaction, type.name(), id))
                    .map(type.format()::read)
                    .orElseGet(type::initial);
        } catch (SQLException e) {
            throw new UnavailableException(e);
        }
    }
}
