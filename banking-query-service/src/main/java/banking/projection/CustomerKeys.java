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
import java.time.Duration;
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

    private static final int PAGE = 500;
    private static final Duration ENOUGH = Duration.ofSeconds(5);

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

    /**
     * @param wrapped how many keys were
     * @param left how many there are that the newest master key has not wrapped
     */
    public record Progress(long wrapped, long left) {}

    /**
     * Has the keys wrapped with the newest master key that one of before has wrapped, for a few
     * seconds at the most. What was published is taken over first, or it would come later.
     */
    public Progress wrapAgain() throws SQLException {
        log.readOn();
        var stopAt = System.nanoTime() + ENOUGH.toNanos();
        var wrapped = 0L;
        for (int page = PAGE; page == PAGE && System.nanoTime() - stopAt < 0; wrapped += page) {
            page = transactions.commit(this::wrapPage);
        }
        return new Progress(wrapped, transactions.single(this::wrappedByOthers));
    }

    private record Wrapped(CustomerId customer, String wrapped) {}

    private int wrapPage(Statements statements) throws SQLException {
        var sql =
                """
                select customer_id, wrapped from customer_key
                where wrapped is not null and not starts_with(wrapped, ?)
                order by customer_id limit ? for no key update skip locked""";
        var old =
                statements
                        .write(sql, masters.newest(), PAGE)
                        .query(row -> new Wrapped(customer(row), row.getString(2)));
        if (!old.isEmpty()) {
            statements
                    .write(
                            """
                            update customer_key k set wrapped = w.wrapped
                            from unnest(?, ?) as w (id, wrapped) where k.customer_id = w.id""")
                    .add("uuid", old, each -> each.customer.value())
                    .add("text", old, each -> masters.wrapAgain(each.wrapped, each.customer));
        }
        return old.size();
    }

    private long wrappedByOthers(Statements statements) throws SQLException {
        var sql =
                """
                select count(*) from customer_key
                where wrapped is not null and not starts_with(wrapped, ?)""";
        return statements.write(sql, masters.newest()).find(row -> row.getLong(1)).orElseThrow();
    }

    private static CustomerId customer(ResultSet row) throws SQLException {
        return new CustomerId(row.getObject(1, UUID.class));
    }
}
