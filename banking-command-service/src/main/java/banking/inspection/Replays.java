package banking.inspection;

import banking.aggregate.AggregateType;
import banking.events.StreamId;
import banking.events.codec.EventCodec;
import banking.events.codec.PersonalData;
import banking.http.ProblemCode;
import banking.http.Problems;
import banking.journal.HashChain;
import banking.journal.JournalReader;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Makes states again from the journal. Always from a stream's first event: what a replay is asked
 * for is whether the events say what the stored state says, and whether their hashes fit.
 */
final class Replays {

    static final Duration LONGEST = Duration.ofSeconds(10);

    private final JournalReader journal;
    private final Duration longest;

    Replays(JournalReader journal, Duration longest) {
        this.journal = journal;
        this.longest = longest;
    }

    /**
     * @param state as the command's answer was at that version
     * @param intact whether the hashes of all events up to that version fit
     */
    public record Replayed(Object state, boolean intact) {}

    /**
     * The state after the event of a version, or after the last where the version is beyond all.
     *
     * @param callerIsGone is asked before each event
     * @return empty where the stream has no such version
     * @throws io.quarkiverse.resteasy.problem.HttpProblem {@code overloaded} where it takes too
     *     long, or nobody reads the answer any more
     */
    Optional<Replayed> replay(
            AggregateType<?, ?, ?> type, StreamId stream, long upTo, BooleanSupplier callerIsGone) {
        var chain = new HashChain();
        var key = journal.key(stream);
        var last = new long[1];
        var deadline = System.nanoTime() + longest.toNanos();
        var events =
                journal.eventsUpTo(stream, upTo)
                        .peek(_ -> checkThatItMayGoOn(deadline, callerIsGone))
                        .peek(chain::next)
                        .peek(e -> last[0] = e.event().version())
                        .map(e -> PersonalData.open(e.event(), key))
                        .map(e -> EventCodec.STANDARD.read(e).event());
        var state = type.replay(stream, events);
        return upTo < Long.MAX_VALUE && last[0] < upTo
                ? Optional.empty()
                : Optional.of(new Replayed(state, chain.intact()));
    }

    private void checkThatItMayGoOn(long deadline, BooleanSupplier callerIsGone) {
        if (callerIsGone.getAsBoolean() || System.nanoTime() - deadline > 0) {
            throw Problems.of(
                    ProblemCode.OVERLOADED,
                    "The replay took longer than " + longest.toSeconds() + " seconds.");
        }
    }
}
