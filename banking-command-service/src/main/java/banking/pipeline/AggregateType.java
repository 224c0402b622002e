package banking.pipeline;

import banking.events.Event;
import banking.events.StreamId;
import banking.journal.Claim;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All that the pipeline knows of one kind of aggregate. The methods are pure: no clock, no ids, no
 * input or output, so a batch may run them and throw the result away.
 */
public interface AggregateType<S, C, E extends Event> {

    /** What its streams are filed under. */
    String name();

    /** The events of its streams. */
    Class<E> eventType();

    /** How the state is written beside the journal. */
    StateFormat<S> format();

    /** The state before the first event. */
    S initial();

    /** What a state makes of a command. */
    Decision<E> decide(S state, C command);

    /** The state after an event; it only assigns. */
    S evolve(S state, E event);

    /** A state as its caller sees it: a record that is written as JSON. */
    Object answer(StreamId id, long version, S state);

    /**
     * What no other aggregate may have as long as this one is in this state. A command that leads
     * to a claim of somebody else's is refused as {@code <kind>-taken}.
     */
    default Set<Claim> claims(S state) {
        return Set.of();
    }

    /**
     * What happens by this event once in the whole bank and never again. A command that leads to
     * such an event a second time, be it of the same aggregate, is refused as {@code <kind>-taken}.
     */
    default Set<Claim> claimsForGood(E event) {
        return Set.of();
    }

    /**
     * The aggregates that must exist for this command; it is refused as {@code <type>-not-found}
     * where one does not.
     */
    default List<Reference> references(C command) {
        return List.of();
    }

    /** The next command that falls due by itself, and when; null where none does. */
    default @Nullable Due<C> due(S state) {
        return null;
    }

    /**
     * What is told of the state that these events lead to, for those who have only the journal.
     *
     * @param events a stream's first events, without a gap
     * @throws ClassCastException when an event is not of this kind of aggregate
     */
    default Object replay(StreamId id, Stream<? extends Event> events) {
        var state = initial();
        long version = 0;
        for (var event : (Iterable<Event>) events.map(Event.class::cast)::iterator) {
            state = evolve(state, eventType().cast(event));
            version++;
        }
        return answer(id, version, state);
    }
}
