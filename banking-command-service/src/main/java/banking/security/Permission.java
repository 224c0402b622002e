package banking.security;

import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Who may do one thing; a customer only with what is the customer's own.
 *
 * @param what the name of a command, or of an operation with a capital
 * @param mayWait whether it is a command that can wait for a second pair of eyes
 */
public record Permission(String what, Set<Role> roles, boolean mayWait) {

    static Permission may(String what, Role... roles) {
        return new Permission(what, Set.of(roles), false);
    }

    /** Once another has approved it, the bank itself gives it. */
    Permission orWaits() {
        var withTheBank = EnumSet.copyOf(roles);
        withTheBank.add(Role.POLICY);
        return new Permission(what, Set.copyOf(withTheBank), true);
    }

    /** The roles as callers have them, those for which it is anybody's first. */
    public List<String> words() {
        return roles.stream()
                .filter(Role::isOfCallers)
                .sorted(
                        Comparator.comparing((Role role) -> role == Role.CUSTOMER)
                                .thenComparing(Comparator.naturalOrder()))
                .map(Role::word)
                .toList();
    }

    /** Whether it is nobody's but operators', as all that they do is, beyond looking. */
    public boolean isOfOperatorsAlone() {
        return roles.equals(Set.of(Role.OPERATOR));
    }

    /** What the caller may do it with. */
    public Scope of(Caller caller) {
        var owns = false;
        for (var role : caller.roles()) {
            if (roles.contains(role)) {
                if (role != Role.CUSTOMER) {
                    return new Scope.All();
                }
                owns = true;
            }
        }
        return owns && caller.customer() != null
                ? new Scope.OnlyOf(caller.customer())
                : new Scope.Nothing();
    }
}
