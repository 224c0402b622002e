package banking.aggregate;

import banking.events.AggregateId;

/**
 * Another aggregate that a command speaks of. Aggregates never cease to exist, so one that was
 * found stays found, whatever else happens at the same time.
 *
 * @param type the name of its type
 */
public record Reference(String type, AggregateId<?> id) {}
