package banking.customer;

import static banking.aggregate.Decision.accept;
import static banking.aggregate.Decision.reject;
import static banking.customer.CustomerRefusal.CUSTOMER_ALREADY_REGISTERED;
import static banking.customer.CustomerRefusal.CUSTOMER_ERASED;
import static banking.customer.CustomerRefusal.CUSTOMER_NOT_FOUND;

import banking.aggregate.Claim;
import banking.aggregate.Decision;
import banking.customer.CustomerCommand.ChangeEmail;
import banking.customer.CustomerCommand.EraseCustomer;
import banking.customer.CustomerCommand.RegisterCustomer;
import banking.events.CustomerEvent;
import banking.events.CustomerEvent.CustomerEmailChanged;
import banking.events.CustomerEvent.CustomerErased;
import banking.events.CustomerEvent.CustomerRegistered;
import banking.events.EmailAddress;
import java.util.Map;
import java.util.Set;

/** A customer: what it makes of a command, and what an event makes of it. */
sealed interface Customer {

    record NotRegistered() implements Customer {}

    record Registered(String name, EmailAddress email) implements Customer {}

    /** Nothing is known of it any more but that it was there. */
    record Erased() implements Customer {}

    /** An address belongs to one customer, as it is written in lower case. */
    static Set<Claim> claims(Customer state) {
        return switch (state) {
            case NotRegistered(), Erased() -> Set.of();
            case Registered(_, var email) -> Set.of(new Claim("email", email.value()));
        };
    }

    /** What tells who it is, by the names that answers have for it. */
    static Map<String, String> personal(Customer state) {
        return switch (state) {
            case NotRegistered(), Erased() -> Map.of();
            case Registered(var name, var email) -> Map.of("name", name, "email", email.value());
        };
    }

    static Decision<CustomerEvent> decide(Customer state, CustomerCommand command) {
        return switch (state) {
            case NotRegistered() ->
                    command instanceof RegisterCustomer(var name, var email)
                            ? accept(new CustomerRegistered(name, email))
                            : reject(CUSTOMER_NOT_FOUND, "There is no such customer.");
            case Registered customer ->
                    switch (command) {
                        case RegisterCustomer _ ->
                                reject(
                                        CUSTOMER_ALREADY_REGISTERED,
                                        "The customer was registered before.");
                        case ChangeEmail(var email) ->
                                email.equals(customer.email)
                                        ? accept()
                                        : accept(new CustomerEmailChanged(customer.email, email));
                        case EraseCustomer() -> accept(new CustomerErased(customer.email.domain()));
                    };
            case Erased() ->
                    switch (command) {
                        case RegisterCustomer _ ->
                                reject(
                                        CUSTOMER_ALREADY_REGISTERED,
                                        "The customer was registered before.");
                        case ChangeEmail _ ->
                                reject(
                                        CUSTOMER_ERASED,
                                        "Nothing is kept of the customer any more.");
                        case EraseCustomer() -> accept();
                    };
        };
    }

    /**
     * @throws IllegalStateException when the event cannot follow, so the journal is broken
     */
    static Customer evolve(Customer state, CustomerEvent event) {
        return switch (event) {
            case CustomerRegistered(var name, var email) -> new Registered(name, email);
            case CustomerEmailChanged(_, var email) ->
                    switch (state) {
                        case Registered(var name, _) -> new Registered(name, email);
                        case NotRegistered _, Erased _ -> throw cannotFollow();
                    };
            case CustomerErased _ ->
                    switch (state) {
                        case Registered _ -> new Erased();
                        case NotRegistered _, Erased _ -> throw cannotFollow();
                    };
        };
    }

    private static IllegalStateException cannotFollow() {
        return new IllegalStateException("an event that cannot follow");
    }
}
