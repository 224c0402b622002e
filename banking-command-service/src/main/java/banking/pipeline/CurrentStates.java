package banking.pipeline;

import banking.database.Transactions;
import banking.events.Event;
import banking.events.StreamId;
import banking.journal.JournalLookup;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
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
    public <S, E extends Event> S of(AggregateType<S, ?, E> type, StreamId id) {
        try {
            return transactions.commit(transaction -> read(type, id, transaction));
        } catch (SQLException e) {
            throw new UnavailableException(e);
        }
    }

    private static <S, E extends Event> S read(
            AggregateType<S, ?, E> type, StreamId id, Connection transaction) throws SQLException {
        var stored = JournalLookup.state(transaction, type.name(), id);
        if (stored.isPresent() && stored.get().isEmpty()) {
            // Written in a form of before, and not touched by a command since.
            var replay = new Replay<>(type);
            JournalLookup.replay(transaction, id, replay);
            return replay.state();
        }
        return stored.map(type.format()::read).orElseGet(type::initial);
    }
}
