package banking.events;

import java.util.UUID;

/**
 * Names an aggregate of one kind, so that none is taken for one of another kind.
 *
 * @param <E> what can happen to such an aggregate
 */
public interface AggregateId<E extends Event> {

    UUID value();

    /** The kind of aggregate that it names, as in {@code account}. */
    String kind();

    /** The same for those who treat all kinds of aggregates alike. */
    default StreamId stream() {
        return new StreamId(value());
    }
}
