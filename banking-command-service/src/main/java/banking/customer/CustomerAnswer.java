package banking.customer;

import banking.events.CustomerId;
import banking.events.codec.PersonalData;

/** A customer as the caller of a command sees it. */
record CustomerAnswer(String customerId, long version, String name, String email) {

    /**
     * @throws IllegalStateException for a customer who was not registered: there is nothing to tell
     */
    static CustomerAnswer of(CustomerId id, long version, Customer state) {
        return switch (state) {
            case Customer.NotRegistered() ->
                    throw new IllegalStateException(id + " was not registered");
            case Customer.Erased() ->
                    new CustomerAnswer(
                            id.toString(), version, PersonalData.ERASED, PersonalData.ERASED);
            case Customer.Registered(var name, var email) ->
                    new CustomerAnswer(id.toString(), version, name, email.value());
        };
    }
}
