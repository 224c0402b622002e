package banking.timer;

import banking.database.DatabaseFailure;
import banking.events.Event;
import banking.journal.JournalReader;
import banking.journal.JournalReader.DueStream;
import banking.journal.Sha256;
import banking.pipeline.AggregateType;
import banking.pipeline.CommandContext;
import banking.pipeline.CommandPipeline;
import banking.pipeline.Outcome;
import io.quarkus.arc.All;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.PersistenceException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Gives the commands that have fallen due. When a stream's next one does, stands beside its state,
 * written in the same transaction, so none is ever forgotten; every process may look, since a
 * command's id makes it take effect once.
 */
@ApplicationScoped
class DueCommands {

    private static final Logger LOG = Logger.getLogger(DueCommands.class);
    private static final int BATCH = 500;
    private static final int MAX_ROUNDS = 1000;

    private final CommandPipeline pipeline;
    private final JournalReader journal;
    private final List<AggregateType<?, ?, ?>> types;
    private final Clock clock = Clock.systemUTC();

    DueCommands(
            CommandPipeline pipeline,
            JournalReader journal,
            @All List<AggregateType<?, ?, ?>> types) {
        this.pipeline = pipeline;
        this.journal = journal;
        this.types = types;
    }

    @Scheduled(
            every = "{bank.timer.every}",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void give() {
        var now = clock.instant();
        try {
            // A stream that has several due shows its next one only once this one is processed.
            for (int round = 0; round < MAX_ROUNDS; round++) {
                var due = journal.due(now, BATCH);
                if (due.isEmpty() || !allDone(due.stream().map(s -> give(s, now)).toList())) {
                    return;
                }
            }
        } catch (PersistenceException e) {
            if (!DatabaseFailure.mayPass(e)) {
                throw e;
            }
            LOG.warnf("what is due waits for the next turn: %s", e.getMessage());
        }
    }

    private CompletableFuture<@Nullable Outcome> give(DueStream stream, Instant now) {
        return types.stream()
                .filter(type -> type.name().equals(stream.type()))
                .findFirst()
                .map(type -> give(type, stream, now))
                .orElseThrow(() -> new IllegalStateException("no type " + stream.type()))
                .toCompletableFuture();
    }

    private <S, C, E extends Event> CompletionStage<@Nullable Outcome> give(
            AggregateType<S, C, E> type, DueStream stream, Instant now) {
        var due = type.due(type.format().read(stream.state()));
        if (due == null || due.at().isAfter(now)) {
            return CompletableFuture.completedStage(null);
        }
        var context =
                new CommandContext(
                        due.id(),
                        Sha256.NONE,
                        false,
                        OptionalLong.empty(),
                        due.id().toString(),
                        "timer",
                        null);
        return pipeline.execute(type, stream.id(), due.command(), context).thenApply(o -> o);
    }

    /** Where not, the next turn tries again. */
    private static boolean allDone(List<CompletableFuture<@Nullable Outcome>> outcomes) {
        try {
            return outcomes.stream()
                    .map(CompletableFuture::join)
                    .allMatch(Outcome.Done.class::isInstance);
        } catch (CompletionException e) {
            LOG.warn("a command that is due could not be given", e.getCause());
            return false;
        }
    }
}
