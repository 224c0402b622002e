package banking.pipeline;

import banking.aggregate.AggregateType;
import banking.aggregate.Outcome;
import banking.events.AggregateId;
import banking.events.CommandId;
import banking.events.Event;
import banking.events.StreamId;
import banking.pipeline.CommandMetrics.End;
import banking.security.Permissions;
import banking.security.Scope;
import banking.story.StoryLog;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A command on its way through a lane, and the promise of its outcome.
 *
 * @param scope what whoever gave it may give it for
 */
record PendingCommand<S, C, E extends Event>(
        AggregateType<S, C, E> type,
        StreamId streamId,
        C command,
        CommandContext context,
        CompletableFuture<Outcome> outcome,
        Scope scope,
        CommandMetrics.OfType metrics,
        long begun) {

    PendingCommand(
            AggregateType<S, C, E> type,
            StreamId streamId,
            C command,
            CommandContext context,
            CommandMetrics metrics) {
        this(
                type,
                streamId,
                command,
                context,
                new CompletableFuture<>(),
                scope(command, context),
                metrics.of(command),
                System.nanoTime());
    }

    private static Scope scope(Object command, CommandContext context) {
        var permission = Permissions.of(command.getClass().getSimpleName());
        return permission == null ? new Scope.Nothing() : permission.of(context.caller());
    }

    CommandId id() {
        return context.id();
    }

    boolean destroysKey() {
        return type.destroysKey(command);
    }

    List<AggregateId<?>> references() {
        return type.references(command);
    }

    /** Tells its caller, and whoever follows the story, what became of it for good. */
    void answer(Outcome outcome) {
        answer(outcome, End.of(outcome));
    }

    /** The same, where it had been answered before. */
    void answerAgain(Outcome outcome) {
        answer(outcome, End.REPEATED);
    }

    /** Nothing of it is known to be done. */
    void fail(Throwable failure) {
        if (context.isDryRun()) {
            outcome.completeExceptionally(failure);
            return;
        }
        var end = End.of(failure);
        metrics.ended(end, begun);
        tell(end == End.FAILED ? "not done, it failed" : "not done, unavailable");
        outcome.completeExceptionally(failure);
    }

    private void answer(Outcome outcome, End end) {
        if (context.isDryRun()) {
            // Nothing has come of it that anybody else is to hear of.
            this.outcome.complete(outcome);
            return;
        }
        metrics.ended(end, begun);
        if (StoryLog.isOn()) {
            tell(
                    switch (outcome) {
                        case Outcome.Done done -> "accepted, version " + done.version();
                        case Outcome.Refused(var rejection, _) -> "refused, " + rejection.code();
                        case Outcome.NotNow(var rejection) -> "not done, " + rejection.code();
                    });
        }
        this.outcome.complete(outcome);
    }

    private void tell(String what) {
        StoryLog.tell(
                context.correlationId(),
                streamId.toString(),
                context.actor(),
                context.traceparent(),
                command.getClass().getSimpleName() + " was " + what);
    }

    /** Whether its caller may have given it before. */
    boolean isRepeatable() {
        return context.requestHash() != null;
    }
}
