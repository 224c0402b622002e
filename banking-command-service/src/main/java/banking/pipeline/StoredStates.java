package banking.pipeline;

import banking.aggregate.AggregateType;
import banking.database.Statements;
import banking.events.Event;
import banking.events.StreamId;
import banking.events.codec.ChainKeys;
import banking.journal.CustomerKeys;
import banking.journal.JournalLookup;
import banking.journal.StoredStream;
import banking.journal.TamperedException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.SQLException;
import java.util.Objects;
import org.jboss.logging.Logger;

/**
 * Reads the states that stand beside the journal. They are a cache: one that is not as the pipeline
 * wrote it, or in a form that this program does not read, is made again from the events.
 */
final class StoredStates {

    private static final Logger LOG = Logger.getLogger(StoredStates.class);

    private final ChainKeys keys;
    private final CustomerKeys personal;
    private final Counter unreadable;
    private final Counter unsealed;
    private final Counter edited;
    private final Counter tampered;

    StoredStates(ChainKeys keys, CustomerKeys personal, MeterRegistry metrics) {
        this.personal = personal;
        this.keys = keys;
        unreadable = counter("unreadable", metrics);
        unsealed = counter("unsealed", metrics);
        edited = counter("edited", metrics);
        tampered =
                Counter.builder("bank.journal.tampered")
                        .description("Times that a stream was found not to be as it was written")
                        .register(metrics);
    }

    private static Counter counter(String why, MeterRegistry metrics) {
        return Counter.builder("bank.journal.states.remade")
                .description("States that were made again from the events")
                .tag("why", why)
                .register(metrics);
    }

    /**
     * The state of a stream.
     *
     * @param stored of this type
     * @throws banking.journal.TamperedException when the events are not as they were written either
     * @throws RuntimeException when they cannot be read
     */
    <S, E extends Event> S read(
            AggregateType<S, ?, E> type, StreamId id, StoredStream stored, Statements statements)
            throws SQLException {
        switch (stored.condition(id, keys)) {
            case AS_WRITTEN -> {
                try {
                    return type.format().read(Objects.requireNonNull(stored.state()));
                } catch (IllegalStateException e) {
                    LOG.infof("The state of %s is in another form: %s", id, e.getCause());
                    unreadable.increment();
                }
            }
            case UNSEALED -> unsealed.increment();
            case EDITED -> {
                LOG.errorf("The state of %s was changed behind the bank's back", id);
                edited.increment();
            }
        }
        return replayed(type, id, stored, Long.MAX_VALUE, statements);
    }

    /** The state that a stream had at a version. */
    <S, E extends Event> S replayed(
            AggregateType<S, ?, E> type,
            StreamId id,
            StoredStream stored,
            long version,
            Statements statements)
            throws SQLException {
        var replay = new Replay<>(type, personal.of(statements, id));
        try {
            JournalLookup.replay(
                    statements,
                    keys,
                    id,
                    stored,
                    event -> {
                        if (event.version() <= version) {
                            replay.accept(event);
                        }
                    });
        } catch (TamperedException e) {
            LOG.error(e.getMessage());
            tampered.increment();
            throw e;
        }
        return replay.state();
    }

    CustomerKeys personal() {
        return personal;
    }
}
