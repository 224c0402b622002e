package banking.pipeline;

import banking.aggregate.AggregateType;
import banking.aggregate.Outcome;
import banking.aggregate.Reference;
import banking.events.CommandId;
import banking.events.Event;
import banking.events.StreamId;
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

    List<Reference> references() {
        return type.references(command);
    }

    /** Whether its caller may have given it before. */
    boolean isRepeatable() {
        return context.requestHash() != null;
    }
}
