package banking.aggregate;

import banking.events.CommandId;
import banking.events.Event;
import java.time.Instant;

/**
 * A command that an aggregate is to be given when the time comes.
 *
 * @param at from when on
 * @param id the same whoever gives it and however often, so that it takes effect once
 * @param setBy what has set the time, whose story this goes on with
 */
public record Due<C>(Instant at, CommandId id, C command, SetBy setBy) {

    /** The event of a type that a command has led to. */
    public record SetBy(Class<? extends Event> type, CommandId command) {}
}
