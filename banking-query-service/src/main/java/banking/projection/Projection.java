package banking.projection;

import banking.database.Statements;
import banking.events.Envelope;
import banking.events.Event;
import banking.events.StreamId;
import banking.events.codec.Sha256;
import java.sql.SQLException;
import java.util.Collection;

/**
 * Views made from the events of one topic. Every bean of this type is run: exactly once per event,
 * each aggregate's events in order of their versions.
 */
public interface Projection {

    /** Names the projection in its stored offsets, so it never changes. */
    String name();

    String topic();

    /** The table that has a row for each aggregate, with its id, version and last event's hash. */
    String table();

    /** Loads what the views hold of these aggregates, for one batch in one transaction. */
    Fold open(Statements statements, Collection<StreamId> streams) throws SQLException;

    /** An event that the views have seen. */
    record Seen(long version, Sha256 hash) {

        public static final Seen NOTHING = new Seen(0, Sha256.NONE);
    }

    /** The views of some aggregates, in memory, while a batch goes over them. */
    interface Fold {

        Seen seen(StreamId stream);

        /**
         * Takes in the event that follows {@link #seen}.
         *
         * @param hash the event's
         * @param partition where the event came from; whoever writes its views holds it alone
         * @throws RuntimeException when it cannot; then nothing has changed, and the aggregate is
         *     parked
         */
        void apply(Envelope<Event> event, Sha256 hash, int partition);

        /** Writes all that has changed; the statements may still wait when this returns. */
        void write(Statements statements) throws SQLException;
    }
}
