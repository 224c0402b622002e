package banking.policy;

import banking.events.Envelope;
import banking.events.Event;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Reacts to events with commands. Every bean of this type is run: it sees each event at least once,
 * those of one matter in order, and a reaction takes effect once however often its event comes.
 */
public interface Policy {

    /** Names the policy's place in the topics and the ids of its commands, so it never changes. */
    String name();

    /** The types of event it reacts to. */
    Set<Class<? extends Event>> reactsTo();

    /**
     * What the event is about. Events of one stream about the same matter are reacted to in their
     * order; where one cannot be, those behind it wait, and no others.
     */
    default UUID matter(Envelope<Event> event) {
        return event.streamId().value();
    }

    /**
     * What the event leads to, to be done in this order. A pure function: the same event always
     * leads to the same reactions, since a crash may ask again.
     */
    List<Reaction<?, ?, ?>> react(Envelope<Event> event);
}
