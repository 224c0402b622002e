package banking.pipeline;

import banking.aggregate.AggregateType;
import banking.aggregate.Outcome;
import banking.aggregate.Rejection;
import banking.database.Transactions;
import banking.events.CommandId;
import banking.events.Event;
import banking.events.StreamId;
import banking.events.codec.ChainKeys;
import banking.events.codec.RecordedEvent;
import banking.health.Standstills;
import banking.journal.CustomerKeys;
import banking.outbox.Outbox;
import banking.security.Scope;
import banking.story.Traces;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.arc.All;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * The one way in for commands, and the only code that commits what they lead to. Whoever gives a
 * command, a request, a policy or the timer, these five steps follow, in this order:
 *
 * <ol>
 *   <li>{@link #authorise}: its line in the permissions says for what its giver may give it
 *   <li>{@link #validate}: what its kind demands of it holds, whatever the aggregate's state
 *   <li>{@link Batch#run decide}: the aggregate makes events of it or refuses it, in memory
 *   <li>{@link BatchTransaction#commit commit}: events, states, answer and outbox in one
 *       transaction
 *   <li>{@link Outbox#committed publish}: the relay sends what the outbox has, until Kafka has it
 * </ol>
 *
 * <p>A command goes to the lane of its stream; what queues up in a lane while its previous
 * transaction commits becomes the next transaction. Callers are answered after the commit.
 */
@ApplicationScoped
public class CommandPipeline {

    /** What a command becomes that there is no room for now. */
    static final Outcome OVERLOADED =
            new Outcome.NotNow(
                    new Rejection(
                            PipelineRefusal.OVERLOADED,
                            "Too many commands are waiting; nothing was done."));

    private static final Outcome JOURNAL_BEHIND =
            new Outcome.NotNow(
                    new Rejection(
                            PipelineRefusal.JOURNAL_BEHIND,
                            "The database was put back to an earlier moment; nothing was done."));

    private final List<Lane> lanes;
    private final Outbox outbox;
    private final SideLane sideLane;
    private final BatchTransaction batches;
    private final CommandMetrics commands;
    private final KnownCommands known;

    CommandPipeline(
            PipelineConfig config,
            DayLimitsConfig limits,
            Transactions transactions,
            Outbox outbox,
            CustomerKeys personal,
            Standstills standstills,
            Traces traces,
            ChainKeys keys,
            @All List<AggregateType<?, ?, ?>> types,
            MeterRegistry metrics) {
        known = new KnownCommands(types);
        commands = new CommandMetrics(metrics);
        this.outbox = outbox;
        batches =
                new BatchTransaction(
                        transactions,
                        outbox,
                        new StoredStates(keys, personal, metrics),
                        traces,
                        new DayLimits(limits),
                        keys,
                        Clock.systemUTC());
        sideLane = new SideLane(config, batches, metrics);
        lanes =
                IntStream.range(0, config.lanes())
                        .mapToObj(
                                i ->
                                        new Lane(
                                                i,
                                                config,
                                                batches,
                                                sideLane,
                                                standstills.watch("lane " + i),
                                                metrics))
                        .toList();
    }

    void start(@Observes StartupEvent event) {
        lanes.forEach(Lane::start);
    }

    /** Takes no more commands and commits those that wait. */
    void drain(@Observes ShutdownEvent event) {
        lanes.forEach(Lane::drain);
        sideLane.drain();
    }

    /**
     * Gives a command to an aggregate.
     *
     * @return completes once the outcome can no longer change; exceptionally, with nothing of the
     *     command committed, where the aggregate's code is broken or nobody permits the caller to
     *     give the command, and with {@link UnavailableException} where the database failed for as
     *     long as {@link PipelineConfig#patience} lasts; of a command in a bulk once that is given
     */
    public <S, C, E extends Event> CompletionStage<Outcome> execute(
            AggregateType<S, C, E> type, StreamId streamId, C command, CommandContext context) {
        var pending = new PendingCommand<>(type, streamId, command, context, commands);
        try {
            authorise(pending);
            validate(pending);
        } catch (IllegalStateException e) {
            // Callers are told so before; this is a command that nobody has thought of.
            pending.fail(e);
            return pending.outcome();
        }
        if (context.bulk() != null) {
            return context.bulk().add(pending);
        }
        give(pending);
        return pending.outcome();
    }

    private void give(PendingCommand<?, ?, ?> pending) {
        if (outbox.isBehind()) {
            pending.answer(JOURNAL_BEHIND);
        } else if (!lane(pending.streamId()).offer(pending)) {
            pending.answer(OVERLOADED);
        }
    }

    /**
     * Gives the commands that have gathered, and those that follow from how they end; returns once
     * all outcomes are told.
     */
    public void give(Bulk bulk) {
        while (!bulk.isEmpty()) {
            if (bulk.isDryRun()) {
                tryOut(bulk.commands());
            } else {
                bulk.commands().forEach(this::give);
            }
            bulk.tell();
        }
    }

    private void tryOut(List<PendingCommand<?, ?, ?>> commands) {
        if (outbox.isBehind()) {
            commands.forEach(command -> command.answer(JOURNAL_BEHIND));
            return;
        }
        try {
            batches.tryOut(commands).answerOnly();
        } catch (SQLException | RuntimeException e) {
            var failure = e instanceof SQLException ? new UnavailableException(e) : e;
            commands.forEach(command -> command.fail(failure));
        }
    }

    private void authorise(PendingCommand<?, ?, ?> pending) {
        if (known.permission(pending.command()) == null
                || pending.scope() instanceof Scope.Nothing) {
            throw new IllegalStateException(
                    pending.context().actor() + " may not give " + pending.command());
        }
    }

    private static <C> void validate(PendingCommand<?, C, ?> pending) {
        if (!pending.type().isSound(pending.command())) {
            throw new IllegalStateException("no such command can be given: " + pending.command());
        }
    }

    private Lane lane(StreamId streamId) {
        return lanes.get(Math.floorMod(streamId.hashCode(), lanes.size()));
    }

    /**
     * Tells of all that is committed by this process from here on, right after the commit. A crash
     * in between tells nobody: whoever must not miss an event follows its topic.
     *
     * @param follower neither waits nor throws: a lane stands still meanwhile
     */
    public void follow(Consumer<List<RecordedEvent>> follower) {
        batches.follow(follower);
    }

    /** Whether the journal lacks events that others have seen, so that nothing is to be decided. */
    public boolean isBehind() {
        return outbox.isBehind();
    }

    /**
     * Those of some policies' commands that were accepted or refused before.
     *
     * @param commands each with the correlation id of its story
     * @throws UnavailableException when the database does not answer
     */
    public Set<CommandId> processed(Map<CommandId, String> commands) {
        try {
            return batches.processed(commands);
        } catch (SQLException e) {
            throw new UnavailableException(e);
        }
    }
}
