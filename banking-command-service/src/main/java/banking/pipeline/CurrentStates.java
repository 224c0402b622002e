package banking.pipeline;

import banking.aggregate.AggregateType;
import banking.database.Statements;
import banking.database.Transactions;
import banking.events.AggregateId;
import banking.events.Event;
import banking.events.StreamId;
import banking.events.codec.ChainKeys;
import banking.journal.CustomerKeys;
import banking.journal.JournalLookup;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.util.function.Function;

/**
 * Aggregates as they stand, for those to whom an event does not say enough; nothing is replayed.
 */
@ApplicationScoped
public class CurrentStates {

    private final Transactions transactions;
    private final StoredStates states;

    CurrentStates(
            Transactions transactions,
            ChainKeys keys,
            CustomerKeys personal,
            MeterRegistry metrics) {
        this.transactions = transactions;
        states = new StoredStates(keys, personal, metrics);
    }

    /**
     * The state as the last command left it; the initial one where there has been none.
     *
     * @throws UnavailableException when the database does not answer
     */
    public <S, E extends Event> S of(AggregateType<S, ?, E> type, AggregateId<E> id) {
        return of(type, id.stream());
    }

    /** The same for those who treat all kinds of aggregates alike. */
    public <S, E extends Event> S of(AggregateType<S, ?, E> type, StreamId id) {
        try {
            return transactions.commit(statements -> read(type, id, statements));
        } catch (SQLException e) {
            throw new UnavailableException(e);
        }
    }

    /**
     * Looks at all that there is, as it stands at one moment.
     *
     * @throws UnavailableException when the database does not answer
     */
    public <T> T snapshot(Function<Snapshot, T> look) {
        try {
            return transactions.commit(
                    statements -> {
                        // What bounds a command is too short for reading all that there is.
                        statements.write(
                                "set transaction isolation level repeatable read read only");
                        statements.write("set local transaction_timeout = '10min'").run();
                        return look.apply(new Snapshot(statements, states));
                    });
        } catch (SQLException e) {
            throw new UnavailableException(e);
        }
    }

    private <S, E extends Event> S read(
            AggregateType<S, ?, E> type, StreamId id, Statements statements) throws SQLException {
        var stored = JournalLookup.read(statements, type.name(), id);
        return stored.isPresent()
                ? states.read(type, id, stored.get(), statements)
                : type.initial();
    }
}
