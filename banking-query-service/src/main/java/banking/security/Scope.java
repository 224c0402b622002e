package banking.security;

import banking.events.CustomerId;
import org.jspecify.annotations.Nullable;

/** What a caller may do something with. */
public sealed interface Scope {

    /** Anybody's. */
    record All() implements Scope {}

    /** What is the customer's own; all else is for the caller as though it were not there. */
    record OnlyOf(CustomerId customer) implements Scope {}

    record Nothing() implements Scope {}

    /**
     * @param owner whose it is; null for nobody's
     */
    default boolean has(@Nullable CustomerId owner) {
        return switch (this) {
            case All() -> true;
            case OnlyOf(var customer) -> customer.equals(owner);
            case Nothing() -> false;
        };
    }
}
