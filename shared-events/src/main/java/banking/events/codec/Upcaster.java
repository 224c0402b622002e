package banking.events.codec;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.UnaryOperator;

/**
 * Turns one event type's payload of one schema version into the payload of the next version.
 *
 * @param type the event's type, its record's simple name
 * @param fromVersion the schema version it reads; it writes {@code fromVersion + 1}
 */
public record Upcaster(String type, int fromVersion, UnaryOperator<ObjectNode> upcast) {}
