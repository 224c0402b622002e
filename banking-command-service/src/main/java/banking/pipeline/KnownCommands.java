package banking.pipeline;

import banking.aggregate.AggregateType;
import banking.security.Permission;
import banking.security.Permissions;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The commands that can be given: those that the kinds of aggregates take, each with who may give
 * it. A command that has no line in the permissions, or no condition that it has to meet, lets no
 * service start.
 */
final class KnownCommands {

    private final Map<Class<?>, Permission> permissions = new HashMap<>();

    /**
     * @throws IllegalStateException for a command that nobody may give, and for a kind of aggregate
     *     that takes none
     */
    KnownCommands(Collection<AggregateType<?, ?, ?>> types) {
        for (var type : types) {
            if (type.commands().isEmpty()) {
                throw new IllegalStateException(
                        type.name() + " has no commands, and no condition for them");
            }
            for (var command : type.commands()) {
                var name = command.getSimpleName();
                var permission = Permissions.of(name);
                if (permission == null) {
                    throw new IllegalStateException(name + " is not in the permissions");
                }
                permissions.put(command, permission);
            }
        }
    }

    /** Who may give a command; null for one that no kind of aggregate takes. */
    @Nullable Permission permission(Object command) {
        return permissions.get(command.getClass());
    }
}
