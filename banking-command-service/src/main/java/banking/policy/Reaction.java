package banking.policy;

import banking.aggregate.AggregateType;
import banking.aggregate.Refusal;
import banking.aggregate.Rejection;
import banking.events.AggregateId;
import banking.events.Event;
import banking.events.StreamId;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A command that follows from an event.
 *
 * @param before what has to happen outside the bank before the command, which records that it did
 * @param settledBy refusals that say that nothing is left to do
 * @param onRejection what to do instead where the aggregate refuses otherwise; null where it must
 *     not
 */
public record Reaction<S, C, E extends Event>(
        AggregateType<S, C, E> type,
        StreamId streamId,
        C command,
        @Nullable Effect before,
        Set<Refusal> settledBy,
        @Nullable Function<Rejection, List<Reaction<?, ?, ?>>> onRejection) {

    /** Something that happens outside the bank, such as an e-mail that is sent. */
    @FunctionalInterface
    public interface Effect {

        /**
         * Happens at least once; never again once its command is processed.
         *
         * @throws PassingException when it could not happen now and may later
         * @throws RuntimeException when it never will: the event's stream is parked
         */
        void happen() throws PassingException;
    }

    /** A command that its aggregate must not refuse: where it does, that is a fault. */
    public static <S, C, E extends Event> Reaction<S, C, E> give(
            AggregateType<S, C, E> type, AggregateId<E> id, C command) {
        return new Reaction<>(type, id.stream(), command, null, Set.of(), null);
    }

    public Reaction<S, C, E> after(Effect effect) {
        return new Reaction<>(type, streamId, command, effect, settledBy, onRejection);
    }

    public Reaction<S, C, E> settledBy(Refusal refusal) {
        return new Reaction<>(type, streamId, command, before, Set.of(refusal), onRejection);
    }

    public Reaction<S, C, E> orElse(Function<Rejection, List<Reaction<?, ?, ?>>> otherwise) {
        return new Reaction<>(type, streamId, command, before, settledBy, otherwise);
    }
}
