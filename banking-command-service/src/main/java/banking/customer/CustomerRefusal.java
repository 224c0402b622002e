package banking.customer;

import banking.aggregate.Refusal;
import banking.customer.CustomerCommand.ChangeEmail;
import banking.customer.CustomerCommand.EraseCustomer;
import banking.customer.CustomerCommand.RegisterCustomer;

/** Why a customer refuses a command. */
public enum CustomerRefusal implements Refusal {
    CUSTOMER_NOT_FOUND(404, "There is no such customer"),
    CUSTOMER_ALREADY_REGISTERED(409, "The customer was registered before"),
    CUSTOMER_ERASED(409, "The customer's data was erased", ChangeEmail.class),
    CUSTOMER_HAS_ACCOUNTS(
            409, "The customer has accounts that are not closed", EraseCustomer.class),
    EMAIL_TAKEN(
            409,
            "The e-mail address belongs to another customer",
            RegisterCustomer.class,
            ChangeEmail.class);

    @SuppressWarnings("ImmutableEnumChecker") // Its list is, too.
    private final Terms terms;

    CustomerRefusal(int status, String title, Class<?>... commands) {
        terms = Terms.of(status, title, commands);
    }

    @Override
    public Terms terms() {
        return terms;
    }
}
