package banking.pipeline;

import banking.aggregate.AggregateType;
import banking.aggregate.Claim;
import banking.events.Event;
import banking.events.StreamId;
import banking.events.codec.Sha256;
import banking.journal.StoredStream;
import banking.journal.StreamChange;
import java.util.Set;

/**
 * A stream as the commands of a batch so far have left it.
 *
 * @param claimsBefore what it has claimed in the database
 */
record Working<S, E extends Event>(
        AggregateType<S, ?, E> type,
        long versionBefore,
        Set<Claim> claimsBefore,
        long version,
        S state,
        Sha256 hash) {

    /** A stream without an event. */
    static <S, E extends Event> Working<S, E> unbegun(AggregateType<S, ?, E> type) {
        return new Working<>(type, 0, Set.of(), 0, type.initial(), Sha256.NONE);
    }

    /** A stream as it stands in the database. */
    static <S, E extends Event> Working<S, E> begin(
            AggregateType<S, ?, E> type, StoredStream stored, S state) {
        return new Working<>(
                type, stored.version(), type.claims(state), stored.version(), state, stored.hash());
    }

    Working<S, E> at(long newVersion, S newState, Sha256 newHash) {
        return new Working<>(type, versionBefore, claimsBefore, newVersion, newState, newHash);
    }

    Set<Claim> claims() {
        return type.claims(state);
    }

    boolean hasChanged() {
        return version > versionBefore;
    }

    StreamChange change(StreamId id) {
        var due = type.due(state);
        return new StreamChange(
                id,
                type.name(),
                versionBefore,
                version,
                type.format().write(state),
                hash,
                due == null ? null : due.at(),
                type.customer(id, state));
    }
}
