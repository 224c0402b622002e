package banking.rules;

import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Two endpoints of one name would share what was permitted for one of them. */
final class PermittedEndpoints extends ArchCondition<JavaMethod> {

    private final Set<String> known;
    private final Map<String, JavaMethod> named = new HashMap<>();

    PermittedEndpoints(Set<String> known) {
        super("be named in the permissions, each by a name of its own");
        this.known = known;
    }

    /** As permissions have it: with a capital, like the command of an endpoint that gives one. */
    static String what(String endpoint) {
        return endpoint.substring(0, 1).toUpperCase(Locale.ROOT) + endpoint.substring(1);
    }

    @Override
    public void check(JavaMethod endpoint, ConditionEvents events) {
        var name = endpoint.getName();
        if (!known.contains(what(name))) {
            events.add(
                    SimpleConditionEvent.violated(
                            endpoint, endpoint.getFullName() + " is not in the permissions"));
        }
        var other = named.put(name, endpoint);
        if (other != null && !other.equals(endpoint)) {
            events.add(
                    SimpleConditionEvent.violated(
                            endpoint, endpoint.getFullName() + " shares its name with " + other));
        }
    }
}
