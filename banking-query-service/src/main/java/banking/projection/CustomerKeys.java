package banking.projection;

import banking.database.Statements;
import banking.database.Transactions;
import banking.events.CustomerId;
import banking.events.codec.MasterKeys;
import banking.events.codec.PersonalData;
import banking.events.codec.PersonalKey;
import banking.events.codec.WrittenEvent;
import banking.parking.Delivery;
import banking.parking.Delivery.Legible;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What opens the names and addresses in the events of each customer. A key is published before any
 * event that it opens: who has read the keys to their end by then, and has it not, knows that it is
 * destroyed. So nothing need come in any order, and nobody waits for a key that never comes.
 */
@ApplicationScoped
public class CustomerKeys {

    private final Transactions transactions;
    private final MasterKeys masters;
    private final KeyLog log;

    CustomerKeys(Transactions transactions, MasterKeys masters, KeyLog log) {
        this.transactions = transactions;
        this.masters = masters;
        this.log = log;
    }

    /**
     * Sees to it that all keys are here that are to be had for some deliveries; at no cost where
     * nothing is sealed.
     */
    void takeOver(Collection<Delivery> deliveries) throws SQLException {
        var customers = customers(deliveries);
        if (!customers.isEmpty()
                && !transactions.single(s -> known(s, customers)).containsAll(customers)) {
            log.readOn();
        }
    }

    /**
     * The keys to some deliveries. None of them is destroyed before the transaction ends, so what
     * it writes is found by whoever does that then.
     */
    Opener opener(Statements statements, Collection<Delivery> deliveries) throws SQLException {
        var customers = customers(deliveries);
        if (customers.isEmpty()) {
            return new Opener(Map.of());
        }
        var keys = new HashMap<CustomerId, PersonalKey>();
        statements
                .write(
                        """
                        select customer_id, wrapped from customer_key
                        where customer_id = any (?) order by customer_id for share""")
                .add("uuid", customers, CustomerId::value)
                .map(CustomerKeys::customer, row -> Optional.ofNullable(row.getString(2)))
                .forEach(
                        (customer, wrapped) ->
                                wrapped.ifPresent(
                                        key -> keys.put(customer, masters.unwrap(key, customer))));
        return new Opener(keys);
    }

    /** Opens what is sealed; what has no key any more reads as erased. */
    record Opener(Map<CustomerId, PersonalKey> keys) {

        WrittenEvent open(WrittenEvent event) {
            var customer = keys.isEmpty() ? null : PersonalData.sealedIn(event);
            return customer == null ? event : PersonalData.open(event, key(customer));
        }

        private @Nullable PersonalKey key(CustomerId customer) {
            return keys.get(customer);
        }
    }

    /** Forgets keys for good. */
    public static void destroy(Statements statements, Collection<CustomerId> customers)
            throws SQLException {
        statements
                .write(
                        """
                        insert into customer_key (customer_id, wrapped)
                        select id, null from unnest(?) as d (id) order by id
                        on conflict (customer_id) do update set wrapped = null""")
                .add("uuid", customers, CustomerId::value);
    }

    private static Set<CustomerId> customers(Collection<Delivery> deliveries) {
        return deliveries.stream()
                .filter(Legible.class::isInstance)
                .map(delivery -> customer(((Legible) delivery).event()))
                .flatMap(Optional::stream)
                .collect(Collectors.toSet());
    }

    private static Optional<CustomerId> customer(WrittenEvent event) {
        try {
            return Optional.ofNullable(PersonalData.sealedIn(event));
        } catch (RuntimeException e) {
            // Whoever reads the event finds out, and says so.
            return Optional.empty();
        }
    }

    private static Set<CustomerId> known(Statements statements, Collection<CustomerId> customers)
            throws SQLException {
        return Set.copyOf(
                statements
                        .write("select customer_id from customer_key where customer_id = any (?)")
                        .add("uuid", customers, CustomerId::value)
                        .query(CustomerKeys::customer));
    }

    private static CustomerId customer(ResultSet row) throws SQLException {
        return new CustomerId(row.getObject(1, UUID.class));
    }
}
