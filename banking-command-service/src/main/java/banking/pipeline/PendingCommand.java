package banking.pipeline;

import banking.aggregate.AggregateType;
import banking.aggregate.Outcome;
import banking.aggregate.Reference;
import banking.events.CommandId;
import banking.events.Event;
import banking.events.StreamId;
import banking.security.Permissions;
import banking.security.Scope;
import banking.story.StoryLog;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A command on its way through a lane, and the promise of its outcome. */
record PendingCommand<S, C, E extends Event>(
        AggregateType<S, C, E> type,
        StreamId streamId,
        C command,
        CommandContext context,
        CompletableFuture<Outcome> outcome) {

    CommandId id() {
        return context.id();
    }

    /** What whoever gave it may give it for. */
    Scope scope() {
        var permission = Permissions.of(command.getClass().getSimpleName());
        return permission == null ? new Scope.Nothing() : permission.of(context.caller());
    }

    List<Reference> references() {
        return type.references(command);
    }

    /** Tells its caller, and whoever follows the story, what became of it for good. */
    void answer(Outcome outcome) {
        if (StoryLog.isOn()) {
            var what = command.getClass().getSimpleName() + " was ";
            StoryLog.tell(
                    context.correlationId(),
                    streamId.toString(),
                    context.actor(),
                    switch (outcome) {
                        case Outcome.Done done -> what + "accepted, version " + done.version();
                        case Outcome.Refused(var rejection) ->
                                what + "refused, " + rejection.code();
                        case Outcome.NotNow(var rejection) ->
                                what + "not done, " + rejection.code();
                    });
        }
        this.outcome.complete(outcome);
    }

    /** Whether its caller may have given it before. */
    boolean isRepeatable() {
        return context.requestHash() != null;
    }
}
