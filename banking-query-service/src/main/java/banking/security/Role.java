package banking.security;

import java.util.Collection;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** As what somebody acts. */
public enum Role {
    /** Only upon what is the customer's own. */
    CUSTOMER,
    TELLER,
    SUPERVISOR,
    OPERATOR,
    AUDITOR,
    /** Holds both sides against each other, and does nothing else. */
    COMPARER,
    /** Nobody has these two who calls: they are the bank itself. */
    POLICY,
    TIMER;

    boolean isOfCallers() {
        return this != POLICY && this != TIMER;
    }

    /** As users, tokens and the API's document have it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The roles of these words that a caller can have; of others we know nothing. */
    public static Set<Role> ofCaller(Collection<String> words) {
        var roles = EnumSet.noneOf(Role.class);
        for (var role : values()) {
            if (role.isOfCallers() && words.contains(role.word())) {
                roles.add(role);
            }
        }
        return Set.copyOf(roles);
    }
}
