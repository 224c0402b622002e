package banking.policy;

import banking.events.AggregateId;
import banking.events.Envelope;
import banking.events.Event;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Reacts to events with commands. Every bean of this type is run: it sees each event at least once,
 * those of one matter in order, and a reaction takes effect once however often its event comes.
 */
public final class Policy {

    /**
     * What an event leads to, to be done in this order. A pure function: the same event always
     * leads to the same reactions, since a crash may ask again.
     */
    @FunctionalInterface
    public interface Rule<I, E extends Event> {
        List<Reaction<?, ?, ?>> react(I id, Envelope<E> event);
    }

    /** A rule for the events of one type. */
    private record OfType<I, E extends Event>(
            Class<E> type,
            Function<UUID, I> id,
            Function<Envelope<E>, UUID> matter,
            Rule<I, E> rule,
            boolean isEachAlone) {

        UUID matter(Envelope<Event> event) {
            return matter.apply(event.as(type));
        }

        List<Reaction<?, ?, ?>> react(Envelope<Event> event) {
            return rule.react(id.apply(event.streamId().value()), event.as(type));
        }
    }

    private final String name;
    private final Map<Class<? extends Event>, OfType<?, ?>> rules;

    private Policy(String name, Map<Class<? extends Event>, OfType<?, ?>> rules) {
        this.name = name;
        this.rules = rules;
    }

    /**
     * @param name names the policy's place in the topics and the ids of its commands, so it never
     *     changes
     */
    public static Policy named(String name) {
        return new Policy(name, Map.of());
    }

    /**
     * Reacts to a type of event as well, all of one aggregate in their order.
     *
     * @param id what names the aggregate whose event it is
     */
    public <I extends AggregateId<? super E>, E extends Event> Policy on(
            Class<E> type, Function<UUID, I> id, Rule<I, E> rule) {
        return with(new OfType<>(type, id, event -> event.streamId().value(), rule, false));
    }

    /**
     * Reacts to a type of event as well, of which each is a matter of its own: where one cannot be
     * reacted to, no other waits for it, and what this process has just committed is reacted to at
     * once, without waiting for its topic.
     *
     * @param matter what this event and no other is about
     */
    public <I extends AggregateId<? super E>, E extends Event> Policy onEach(
            Class<E> type, Function<UUID, I> id, Function<E, UUID> matter, Rule<I, E> rule) {
        return with(new OfType<>(type, id, event -> matter.apply(event.event()), rule, true));
    }

    private Policy with(OfType<?, ?> rule) {
        var all = new HashMap<>(rules);
        if (all.put(rule.type, rule) != null) {
            throw new IllegalArgumentException(name + " has two rules for " + rule.type);
        }
        return new Policy(name, Map.copyOf(all));
    }

    public String name() {
        return name;
    }

    /** The types of event it reacts to. */
    public Set<Class<? extends Event>> reactsTo() {
        return rules.keySet();
    }

    /** Those of them of which each event is a matter of its own. */
    public Set<Class<? extends Event>> reactsToEach() {
        return rules.values().stream()
                .filter(OfType::isEachAlone)
                .map(OfType::type)
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * @throws IllegalArgumentException for an event of a type that it does not react to
     */
    public UUID matter(Envelope<Event> event) {
        return rule(event).matter(event);
    }

    /**
     * @throws IllegalArgumentException for an event of a type that it does not react to
     */
    public List<Reaction<?, ?, ?>> react(Envelope<Event> event) {
        return rule(event).react(event);
    }

    private OfType<?, ?> rule(Envelope<Event> event) {
        var rule = rules.get(event.event().getClass());
        if (rule == null) {
            throw new IllegalArgumentException(name + " has no rule for " + event.event());
        }
        return rule;
    }
}
