package banking.security;

import banking.events.CustomerId;
import java.security.Principal;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Who acts.
 *
 * @param id what events have as their actor: a user's name or a token's subject, which a provider
 *     gives to nobody else and never changes, as names of people do
 * @param customer who the caller is to the bank; null for one who is no customer
 */
public record Caller(String id, Set<Role> roles, @Nullable CustomerId customer)
        implements Principal {

    /**
     * @param roles words, of which others than ours mean nothing here
     */
    public static Caller of(String id, Set<String> roles, @Nullable CustomerId customer) {
        return new Caller(id, Role.ofCaller(roles), customer);
    }

    /** The roles, with spaces between. */
    public String words() {
        return roles.stream().map(Role::word).sorted().collect(Collectors.joining(" "));
    }

    @Override
    public String getName() {
        return id;
    }
}
