package banking.timer;

import banking.aggregate.AggregateType;
import banking.aggregate.Outcome;
import banking.events.Event;
import banking.health.Progress;
import banking.health.Standstills;
import banking.journal.JournalReader;
import banking.journal.JournalReader.DueStream;
import banking.journal.StoryReader;
import banking.pipeline.CommandContext;
import banking.pipeline.CommandPipeline;
import banking.pipeline.CurrentStates;
import io.quarkus.arc.All;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Gives the commands that have fallen due. When a stream's next one does, stands beside its state,
 * written in the same transaction, so none is ever forgotten; every process may look, since a
 * command's id makes it take effect once. A stream whose command cannot be given is passed over
 * until the next turn, and holds up no other.
 */
@ApplicationScoped
class DueCommands {

    private static final int PAGE = 500;
    private static final int MAX_ROUNDS = 1000;

    /** Far longer than the pipeline takes to say that it cannot. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    private final CommandPipeline pipeline;
    private final CurrentStates states;
    private final JournalReader journal;
    private final StoryReader stories;
    private final List<AggregateType<?, ?, ?>> types;
    private final Progress progress;
    private final Clock clock = Clock.systemUTC();

    DueCommands(
            CommandPipeline pipeline,
            CurrentStates states,
            JournalReader journal,
            StoryReader stories,
            @All List<AggregateType<?, ?, ?>> types,
            Standstills standstills) {
        this.pipeline = pipeline;
        this.states = states;
        this.journal = journal;
        this.stories = stories;
        this.types = types;
        progress = standstills.watch("timer");
    }

    @Scheduled(
            every = "{bank.timer.every}",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void give() {
        var now = clock.instant();
        progress.begins();
        try {
            // A stream that has several due shows its next one only once this one is processed.
            var turn = round(now);
            for (int round = 1; round < MAX_ROUNDS && turn.given > 0; round++) {
                turn = round(now);
            }
            if (turn.failure == null) {
                progress.well();
            } else {
                progress.failed(turn.failure);
            }
        } catch (RuntimeException e) {
            progress.failed(String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * What one look at all that is due has led to.
     *
     * @param given how many commands were carried out
     * @param failure why one could not be; null where all could
     */
    private record Turn(long given, @Nullable String failure) {}

    private Turn round(Instant now) throws InterruptedException {
        long given = 0;
        String failure = null;
        @Nullable DueStream last = null;
        do {
            var page = journal.due(now, last, PAGE);
            var outcomes = new ArrayList<CompletableFuture<Outcome>>();
            for (var stream : page) {
                try {
                    give(stream, now).ifPresent(outcomes::add);
                } catch (RuntimeException e) {
                    failure = stream.streamId() + ": " + e.getMessage();
                }
            }
            for (var outcome : outcomes) {
                var reason = failure(outcome);
                given += reason == null ? 1 : 0;
                failure = reason == null ? failure : reason;
            }
            last = page.size() < PAGE ? null : page.getLast();
        } while (last != null);
        return new Turn(given, failure);
    }

    private Optional<CompletableFuture<Outcome>> give(DueStream stream, Instant now) {
        return types.stream()
                .filter(type -> type.name().equals(stream.type()))
                .findFirst()
                .map(type -> give(type, stream, now))
                .orElseThrow(() -> new IllegalStateException("no type " + stream.type()));
    }

    private <S, C, E extends Event> Optional<CompletableFuture<Outcome>> give(
            AggregateType<S, C, E> type, DueStream stream, Instant now) {
        var due = type.due(states.of(type, stream.id()));
        if (due == null || due.at().isAfter(now)) {
            return Optional.empty();
        }
        var setBy = due.setBy();
        var cause = stories.made(setBy.type(), setBy.command(), stream.id());
        var context = CommandContext.ofTimer(due.id(), cause.orElse(null));
        return Optional.of(
                pipeline.execute(type, stream.id(), due.command(), context).toCompletableFuture());
    }

    /**
     * @return why the command was not carried out; null where it was
     */
    private static @Nullable String failure(CompletableFuture<Outcome> outcome)
            throws InterruptedException {
        try {
            return switch (outcome.get(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
                case Outcome.Done _ -> null;
                case Outcome.Refused(var rejection, _) -> rejection.detail();
                case Outcome.NotNow(var rejection) -> rejection.detail();
            };
        } catch (ExecutionException | TimeoutException e) {
            return e.toString();
        }
    }
}
