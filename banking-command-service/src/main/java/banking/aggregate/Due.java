package banking.aggregate;

import banking.events.CommandId;
import java.time.Instant;

/**
 * A command that an aggregate is to be given when the time comes.
 *
 * @param at from when on
 * @param id the same whoever gives it and however often, so that it takes effect once
 */
public record Due<C>(Instant at, CommandId id, C command) {}
