package banking.pipeline;

import banking.aggregate.AggregateType;
import banking.aggregate.Claim;
import banking.database.Statements;
import banking.events.Event;
import banking.events.StreamId;
import banking.journal.ClaimedRows;
import banking.journal.JournalLookup;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import org.jboss.logging.Logger;

/** All aggregates as they stand at one moment, while the commands go on. */
public final class Snapshot {

    private static final Logger LOG = Logger.getLogger(Snapshot.class);

    private final Statements statements;
    private final StoredStates states;

    Snapshot(Statements statements, StoredStates states) {
        this.statements = statements;
        this.states = states;
    }

    /**
     * Hands over all aggregates of a type, a page at a time.
     *
     * @return how many could not be read, and were left out
     * @throws UnavailableException when the database does not answer
     */
    public <S, E extends Event> long all(
            AggregateType<S, ?, E> type, BiConsumer<StreamId, S> consumer) {
        var unreadable = new AtomicLong();
        try {
            JournalLookup.all(
                    statements,
                    type.name(),
                    (id, stored) -> {
                        try {
                            consumer.accept(id, states.read(type, id, stored, statements));
                        } catch (RuntimeException e) {
                            LOG.debugf(e, "%s cannot be read", id);
                            unreadable.incrementAndGet();
                        }
                    });
        } catch (SQLException e) {
            throw new UnavailableException(e);
        }
        return unreadable.get();
    }

    /**
     * Those of the claims that somebody has.
     *
     * @throws UnavailableException when the database does not answer
     */
    public Set<Claim> claimed(Set<Claim> claims) {
        try {
            return ClaimedRows.among(statements, claims);
        } catch (SQLException e) {
            throw new UnavailableException(e);
        }
    }
}
