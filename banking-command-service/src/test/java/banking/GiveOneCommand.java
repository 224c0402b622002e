package banking;

import banking.http.Commands;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.HashSet;
import java.util.Set;

/**
 * Counts the places at which an endpoint gives a command, itself or through other methods of its
 * class. A loop has one place; in one, the second command is refused when it is given.
 */
final class GiveOneCommand extends ArchCondition<JavaMethod> {

    GiveOneCommand() {
        super("give at most one command");
    }

    @Override
    public void check(JavaMethod endpoint, ConditionEvents events) {
        var places = places(endpoint, new HashSet<>());
        if (places > 1) {
            events.add(
                    SimpleConditionEvent.violated(
                            endpoint,
                            endpoint.getFullName() + " gives commands at " + places + " places"));
        }
    }

    private static long places(JavaCodeUnit method, Set<JavaCodeUnit> callers) {
        if (!callers.add(method)) {
            return 0;
        }
        var places =
                method.getMethodCallsFromSelf().stream()
                        .mapToLong(call -> gives(call) ? 1 : within(call, method, callers))
                        .sum();
        callers.remove(method);
        return places;
    }

    private static boolean gives(JavaMethodCall call) {
        return call.getTargetOwner().isEquivalentTo(Commands.class)
                && call.getName().startsWith("execute");
    }

    private static long within(
            JavaMethodCall call, JavaCodeUnit caller, Set<JavaCodeUnit> callers) {
        return call.getTarget()
                .resolveMember()
                .filter(method -> method.getOwner().equals(caller.getOwner()))
                .map(method -> places(method, callers))
                .orElse(0L);
    }
}
