package banking.outbox;

import banking.database.Transactions;
import banking.events.CustomerId;
import banking.journal.CustomerKeys;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;

/**
 * Puts the customers' keys before the events that need them: whoever reads such an event, and after
 * it the keys' topic to its end, has the key or knows that there is none any more. Repeated events
 * repeat the key as it is by then, so that one that is destroyed does not come back with them.
 */
final class CustomerKeyRecords {

    private CustomerKeyRecords() {}

    /** At no cost where no event needs a key. */
    static void add(Transactions transactions, Collection<Attempt> attempts) throws SQLException {
        var customers = new HashMap<Attempt, CustomerId>();
        for (var attempt : attempts) {
            var customer = attempt.customer();
            if (customer != null) {
                customers.put(attempt, customer);
            }
        }
        if (customers.isEmpty()) {
            return;
        }
        var keys = transactions.single(s -> CustomerKeys.wrapped(s, customers.values()));
        customers.forEach(
                (attempt, customer) -> {
                    var key = keys.get(customer);
                    if (key != null) {
                        attempt.after(customer, key);
                    }
                });
    }
}
