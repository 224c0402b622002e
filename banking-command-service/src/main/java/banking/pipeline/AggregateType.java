package banking.pipeline;

import banking.events.Event;
import banking.events.StreamId;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/**
 * All that the pipeline knows of one kind of aggregate. Its functions are pure: no clock, no ids,
 * no input or output, so a batch may run them and throw the result away.
 *
 * @param name what its streams are filed under
 * @param eventType the events of its streams
 * @param format how the state is written beside the journal
 * @param initial the state before the first event
 * @param decide what a state makes of a command
 * @param evolve the state after an event; it only assigns
 * @param answer what is told of a state
 */
public record AggregateType<S, C, E extends Event>(
        String name,
        Class<E> eventType,
        StateFormat<S> format,
        S initial,
        BiFunction<S, C, Decision<E>> decide,
        BiFunction<S, E, S> evolve,
        Answer<S> answer) {

    /** A state as its caller sees it: a record that is written as JSON. */
    @FunctionalInterface
    public interface Answer<S> {
        Object of(StreamId id, long version, S state);
    }

    /**
     * What is told of the state that these events lead to, for those who have only the journal.
     *
     * @param events a stream's first events, without a gap
     * @throws ClassCastException when an event is not of this kind of aggregate
     */
    public Object replay(StreamId id, Stream<? extends Event> events) {
        var state = initial;
        long version = 0;
        for (var event : (Iterable<Event>) events.map(Event.class::cast)::iterator) {
            state = evolve.apply(state, eventType.cast(event));
            version++;
        }
        return answer.of(id, version, state);
    }
}
