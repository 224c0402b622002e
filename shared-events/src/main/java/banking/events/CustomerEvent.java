package banking.events;

/** All that can happen to a customer. */
public sealed interface CustomerEvent extends Event {

    /** The first event of every customer. */
    record CustomerRegistered(String name, EmailAddress email) implements CustomerEvent {}

    /**
     * @param previous the address until now; never the same as the new one
     */
    record CustomerEmailChanged(EmailAddress previous, EmailAddress email)
            implements CustomerEvent {}

    /**
     * The last event of a customer. The key is destroyed by which all that was written of the
     * customer's name and addresses could be read.
     *
     * @param emailDomain of the last address
     */
    record CustomerErased(EmailDomain emailDomain) implements CustomerEvent {}
}
