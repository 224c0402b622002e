package banking.pipeline;

import banking.events.Event;
import banking.events.StreamId;
import banking.journal.Claim;
import banking.journal.Sha256;
import banking.journal.StoredStream;
import banking.journal.StreamChange;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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

    static <S, C, E extends Event> Working<S, E> begin(
            AggregateType<S, C, E> type, @Nullable StoredStream stored) {
        if (stored == null || !stored.type().equals(type.name())) {
            return new Working<>(type, 0, Set.of(), 0, type.initial(), Sha256.NONE);
        }
        var state = type.format().read(stored.state());
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
                due == null ? null : due.at());
    }
}
