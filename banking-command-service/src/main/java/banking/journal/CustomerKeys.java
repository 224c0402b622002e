package banking.journal;

import banking.database.Statements;
import banking.events.AccountEvent.AccountClosed;
import banking.events.AccountId;
import banking.events.CustomerId;
import banking.events.StreamId;
import banking.events.codec.EventCodec;
import banking.events.codec.MasterKeys;
import banking.events.codec.PersonalData;
import banking.events.codec.PersonalKey;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the names and addresses of each customer are encrypted with. A key is made and destroyed
 * together with the event that does so; what a transaction seals with it, it has locked it for. All
 * calls belong into the caller's transaction.
 */
@ApplicationScoped
public class CustomerKeys {

    private static final String KEYS =
            """
            select customer_id, wrapped from customer_key
            where customer_id = any (?) order by customer_id\
            """;

    private final MasterKeys masters;

    CustomerKeys(MasterKeys masters) {
        this.masters = masters;
    }

    /** What is to become of a key once it is locked. */
    public enum Purpose {
        /** Nothing, and so nothing is locked. */
        LOOK(""),
        USE(" for share"),
        DESTROY(" for update");

        private final String lock;

        Purpose(String lock) {
            this.lock = lock;
        }
    }

    /** The keys of customers who have one, or had; that of nobody who had is there. */
    public Map<CustomerId, Optional<PersonalKey>> lock(
            Statements statements, Collection<CustomerId> customers, Purpose purpose)
            throws SQLException {
        return statements
                .write(KEYS + purpose.lock)
                .add("uuid", customers, CustomerId::value)
                .map(CustomerKeys::customer, this::key);
    }

    /**
     * Those of the customers who have an account that is not closed. To be asked with their keys
     * locked for {@link Purpose#DESTROY}: who opens one needs its owner's key.
     */
    public static Set<CustomerId> withOpenAccounts(
            Statements statements, Collection<CustomerId> customers) throws SQLException {
        var sql =
                """
                select distinct s.customer_id from stream s
                join event e on e.stream_id = s.stream_id and e.version = s.version
                where s.customer_id = any (?) and s.type = ? and e.type <> ?""";
        return Set.copyOf(
                statements
                        .write(sql)
                        .add("uuid", customers, CustomerId::value)
                        .add(new AccountId(new UUID(0, 0)).kind())
                        .add(EventCodec.typeName(AccountClosed.class))
                        .query(CustomerKeys::customer));
    }

    /** What opens the events of a stream; null where nothing of them is sealed, or for good. */
    public @Nullable PersonalKey of(Statements statements, StreamId stream) throws SQLException {
        for (var first : EventRows.of(statements, stream, 0, 1, 1)) {
            var customer = PersonalData.sealedIn(first.event());
            if (customer != null) {
                return find(statements, customer);
            }
        }
        return null;
    }

    /** The customer's key; null where there is none, or none any more. */
    public @Nullable PersonalKey find(Statements statements, CustomerId customer)
            throws SQLException {
        return statements
                .write("select customer_id, wrapped from customer_key where customer_id = ?")
                .add(customer.value())
                .find(this::key)
                .flatMap(key -> key)
                .orElse(null);
    }

    /** Those of some customers as they are sent; without a value for one that is destroyed. */
    public static Map<CustomerId, Optional<String>> wrapped(
            Statements statements, Collection<CustomerId> customers) throws SQLException {
        return statements
                .write(KEYS)
                .add("uuid", customers, CustomerId::value)
                .map(CustomerKeys::customer, row -> Optional.ofNullable(row.getString(2)));
    }

    /**
     * Adds keys, and destroys others. The states of what is theirs that have a name are to be made
     * again, without it.
     */
    public void write(
            Statements statements,
            Map<CustomerId, PersonalKey> made,
            Collection<CustomerId> destroyed)
            throws SQLException {
        if (!made.isEmpty()) {
            statements
                    .write(
                            "insert into customer_key (customer_id, wrapped) select * from unnest(?, ?)")
                    .add("uuid", made.entrySet(), key -> key.getKey().value())
                    .add(
                            "text",
                            made.entrySet(),
                            key -> masters.wrap(key.getValue(), key.getKey()));
        }
        if (!destroyed.isEmpty()) {
            statements
                    .write(
                            """
                            insert into customer_key (customer_id, destroyed_at)
                            select id, now() from unnest(?) as d (id)
                            on conflict on constraint customer_has_key
                            do update set wrapped = null, destroyed_at = now()""")
                    .add("uuid", destroyed, CustomerId::value)
                    .write(
                            """
                            update stream set state = null, seal = null
                            where customer_id = any (?) and stream_id <> customer_id""")
                    .add("uuid", destroyed, CustomerId::value);
        }
    }

    /** Adds keys that were published and are not here; one that was destroyed here stays so. */
    public static int giveBack(Statements statements, Map<CustomerId, String> published)
            throws SQLException {
        return statements
                .write(
                        """
                        insert into customer_key (customer_id, wrapped)
                        select * from unnest(?, ?) on conflict do nothing""")
                .add("uuid", published.keySet(), CustomerId::value)
                .add("text", published.values(), wrapped -> wrapped)
                .run();
    }

    /**
     * Keys that a master key of before has wrapped, wrapped with the newest. Those that somebody
     * uses just now are left for another time.
     *
     * @return whose they are, in the order of the ids
     */
    public List<CustomerId> wrapAgain(Statements statements, CustomerId after, int limit)
            throws SQLException {
        var sql =
                """
                select customer_id, wrapped from customer_key
                where customer_id > ? and wrapped is not null and not starts_with(wrapped, ?)
                order by customer_id limit ? for no key update skip locked""";
        var old =
                statements
                        .write(sql, after.value(), masters.newest(), limit)
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
        return old.stream().map(Wrapped::customer).toList();
    }

    private record Wrapped(CustomerId customer, String wrapped) {}

    /** How many keys another master key than the newest has wrapped. */
    public long wrappedByOthers(Statements statements) throws SQLException {
        var sql =
                """
                select count(*) from customer_key
                where wrapped is not null and not starts_with(wrapped, ?)""";
        return statements.write(sql, masters.newest()).find(row -> row.getLong(1)).orElseThrow();
    }

    private static CustomerId customer(ResultSet row) throws SQLException {
        return new CustomerId(row.getObject(1, UUID.class));
    }

    private Optional<PersonalKey> key(ResultSet row) throws SQLException {
        var wrapped = row.getString(2);
        return wrapped == null
                ? Optional.empty()
                : Optional.of(masters.unwrap(wrapped, customer(row)));
    }
}
