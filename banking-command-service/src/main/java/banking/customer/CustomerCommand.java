package banking.customer;

import banking.events.EmailAddress;

/** All that can be asked of a customer. */
public sealed interface CustomerCommand {

    record RegisterCustomer(String name, EmailAddress email) implements CustomerCommand {}

    record ChangeEmail(EmailAddress email) implements CustomerCommand {}

    /** Destroys the key that the customer's name and addresses can be read with. */
    record EraseCustomer() implements CustomerCommand {}

    /** Whether a customer can be asked this at all, whatever its state. */
    static boolean isSound(CustomerCommand command) {
        return switch (command) {
            case RegisterCustomer(var name, _) -> !name.isBlank();
            case ChangeEmail _, EraseCustomer _ -> true;
        };
    }
}
