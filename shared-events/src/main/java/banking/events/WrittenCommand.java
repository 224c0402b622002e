package banking.events;

import java.util.UUID;

/**
 * A command as it waits to be given.
 *
 * @param name of its type, by which it is permitted
 * @param kind of the aggregate that it is for, as in {@code account}
 * @param target names that aggregate
 * @param json what it says
 */
public record WrittenCommand(String name, String kind, UUID target, String json) {}
