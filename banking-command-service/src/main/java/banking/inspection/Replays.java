package banking.inspection;

import banking.aggregate.AggregateType;
import banking.events.StreamId;
import banking.events.codec.ChainKeys;
import banking.events.codec.EventCodec;
import banking.events.codec.PersonalData;
import banking.http.ProblemCode;
import banking.http.Problems;
import banking.journal.HashChain;
import banking.journal.JournalReader;
import banking.journal.StoredStream;
import banking.journal.StoredStream.Condition;
import io.quarkiverse.resteasy.problem.HttpProblem;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes states again from the journal. Always from a stream's first event: what a replay is asked
 * for is whether the events say what the stored state says, and whether their hashes fit.
 */
final class Replays {

    static final Duration LONGEST = Duration.ofSeconds(10);

    private final JournalReader journal;
    private final ChainKeys keys;
    private final Duration longest;

    Replays(JournalReader journal, ChainKeys keys, Duration longest) {
        this.journal = journal;
        this.keys = keys;
        this.longest = longest;
    }

    /**
     * @param state as the command's answer was at that version; null where the events cannot be
     *     read
     * @param intact whether all events up to that version are as they were written; of the last
     *     version also, whether it is the last and the state beside it the one that it led to
     * @param broken where it is not
     */
    public record Replayed(@Nullable Object state, boolean intact, @Nullable Broken broken) {}

    /**
     * @param version the first that is not as it was written
     */
    public record Broken(long version, String why) {}

    /**
     * The state after the event of a version, or after the last where the version is beyond all.
     *
     * @param callerIsGone is asked before each event
     * @return empty where the stream has no such version
     * @throws HttpProblem {@code overloaded} where it takes too long, or nobody reads the answer
     *     any more
     */
    Optional<Replayed> replay(
            AggregateType<?, ?, ?> type, StreamId stream, long upTo, BooleanSupplier callerIsGone) {
        // Read before the events: those that commands add meanwhile are no business of this replay.
        var stands = journal.stands(type.name(), stream);
        var end = Math.min(upTo, stands.map(StoredStream::version).orElse(Long.MAX_VALUE));
        var personal = journal.key(stream);
        var chain = new HashChain(keys);
        var deadline = System.nanoTime() + longest.toNanos();
        var last = new long[1];
        var events =
                journal.eventsUpTo(stream, end)
                        .peek(_ -> checkThatItMayGoOn(deadline, callerIsGone))
                        .peek(chain::next)
                        .peek(e -> last[0] = e.version())
                        .map(e -> PersonalData.open(e.event(), personal))
                        .map(e -> EventCodec.STANDARD.read(e).event());
        Object state = null;
        try {
            state = type.replay(stream, events);
        } catch (HttpProblem e) {
            throw e;
        } catch (RuntimeException e) {
            chain.unreadable(last[0], e.toString());
        }
        if (upTo < Long.MAX_VALUE && end < upTo) {
            return Optional.empty();
        }
        if (state != null && end < Long.MAX_VALUE && end == endOf(stands)) {
            end(chain, type, stream, stands.get());
        } else if (stands.isEmpty()) {
            chain.orphaned();
        }
        var broken = chain.broken();
        return Optional.of(
                new Replayed(
                        state,
                        broken == null,
                        broken == null ? null : new Broken(broken.version(), broken.why())));
    }

    private static long endOf(Optional<StoredStream> stands) {
        return stands.map(StoredStream::version).orElse(0L);
    }

    private void end(
            HashChain chain, AggregateType<?, ?, ?> type, StreamId stream, StoredStream stands) {
        chain.end(stands.version(), stands.hash());
        if (stands.condition(stream, keys) == Condition.EDITED) {
            chain.edited();
        }
        for (var surplus : journal.events(stream, stands.version(), 1)) {
            if (journal.stands(type.name(), stream).equals(Optional.of(stands))) {
                chain.next(surplus);
                chain.end(stands.version(), stands.hash());
            }
        }
    }

    private void checkThatItMayGoOn(long deadline, BooleanSupplier callerIsGone) {
        if (callerIsGone.getAsBoolean() || System.nanoTime() - deadline > 0) {
            throw Problems.of(
                    ProblemCode.OVERLOADED,
                    "The replay took longer than " + longest.toSeconds() + " seconds.");
        }
    }
}
