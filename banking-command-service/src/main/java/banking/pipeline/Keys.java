package banking.pipeline;

import banking.aggregate.AggregateType;
import banking.aggregate.Refusal;
import banking.aggregate.Rejection;
import banking.events.CustomerEvent.CustomerErased;
import banking.events.CustomerId;
import banking.events.Event;
import banking.events.StreamId;
import banking.events.codec.PersonalData;
import banking.events.codec.PersonalKey;
import banking.events.codec.WrittenEvent;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The customers' keys within a batch: what is sealed with them, which are made and destroyed. */
final class Keys {

    private final Stored stored;
    private final Map<CustomerId, PersonalKey> made = new HashMap<>();
    private final Map<CustomerId, PersonalKey> perhaps = new HashMap<>();
    private final Set<CustomerId> destroyed = new HashSet<>();
    private final Set<CustomerId> used = new HashSet<>();

    /**
     * What the database has of the customers that the batch may be about.
     *
     * @param keys nothing where it is destroyed
     * @param inUse those of the customers whose key is to be destroyed who have open accounts
     */
    record Stored(Map<CustomerId, Optional<PersonalKey>> keys, Set<CustomerId> inUse) {

        static final Stored NONE = new Stored(Map.of(), Set.of());
    }

    Keys(Stored stored) {
        this.stored = stored;
    }

    /** Why there cannot be these events of an aggregate; null where there can. */
    @Nullable Rejection refusal(
            AggregateType<?, ?, ?> type, StreamId stream, List<? extends Event> events) {
        for (var event : events) {
            var customer = PersonalData.in(event, stream);
            if (customer != null && isDestroyed(customer)) {
                return new Rejection(
                        Refusal.notFound(customer.kind()),
                        "There is no customer " + customer + " any more.");
            }
            if (event instanceof CustomerErased && isInUse(new CustomerId(stream.value()))) {
                return new Rejection(type.keyInUse(), "An account of the customer is not closed.");
            }
        }
        return null;
    }

    private boolean isInUse(CustomerId customer) {
        return stored.inUse.contains(customer) || used.contains(customer);
    }

    private boolean isDestroyed(CustomerId customer) {
        var key = stored.keys.get(customer);
        return destroyed.contains(customer) || (key != null && key.isEmpty());
    }

    /** The event as it is kept. */
    WrittenEvent sealed(Event event, WrittenEvent written) {
        var customer = PersonalData.in(event, written.streamId());
        return customer == null ? written : PersonalData.seal(written, key(customer));
    }

    /** Whoever has none, or comes from before there were any, gets one with the first event. */
    private PersonalKey key(CustomerId customer) {
        var known = stored.keys.getOrDefault(customer, Optional.empty());
        var before = made.get(customer);
        return known.orElseGet(
                () ->
                        before == null
                                ? perhaps.computeIfAbsent(customer, _ -> PersonalKey.made())
                                : before);
    }

    /** Keeps what the events of an accepted command have done to the keys. */
    void accept(StreamId stream, List<? extends Event> events) {
        for (var event : events) {
            var customer = PersonalData.in(event, stream);
            if (customer != null) {
                var key = perhaps.remove(customer);
                if (key != null) {
                    made.put(customer, key);
                }
                if (!customer.stream().equals(stream)) {
                    used.add(customer);
                }
            } else if (event instanceof CustomerErased) {
                destroyed.add(new CustomerId(stream.value()));
            }
        }
    }

    Map<CustomerId, PersonalKey> made() {
        return made;
    }

    Set<CustomerId> destroyed() {
        return destroyed;
    }
}
