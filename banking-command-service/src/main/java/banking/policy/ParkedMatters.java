package banking.policy;

import banking.database.Transactions;
import banking.events.StreamId;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What policies could not react to at once. Only where it stopped is kept: the events are in the
 * journal.
 */
@ApplicationScoped
class ParkedMatters {

    private static final int LONGEST_REASON = 1000;

    private final Transactions transactions;

    ParkedMatters(Transactions transactions) {
        this.transactions = transactions;
    }

    /** An event of a matter. */
    record Place(Matter matter, long version) {}

    /**
     * A matter to be parked.
     *
     * @param retryIn when it is tried again; null where that is for an operator to say
     */
    record Stop(Place since, long until, String reason, @Nullable Duration retryIn) {}

    /**
     * Lets parked matters wait for these events too.
     *
     * @return those of the events that are not to be reacted to now: their matter is parked, or an
     *     operator has skipped them
     */
    static Set<Place> extend(Connection transaction, String policy, Collection<Place> places)
            throws SQLException {
        var sql =
                """
                with e as (
                    select * from unnest(?::uuid[], ?::uuid[], ?::bigint[])
                        as e (stream_id, matter, version)),
                parked as (
                    update parked_matter p set until = greatest(p.until, n.version)
                    from (select stream_id, matter, max(version) as version
                          from e group by stream_id, matter) n
                    where p.policy = ? and p.stream_id = n.stream_id and p.matter = n.matter
                    returning p.stream_id, p.matter)
                select e.* from e join parked using (stream_id, matter)
                union all
                select e.* from e join skipped_matter s using (stream_id, matter)
                where s.policy = ? and e.version between s.since and s.until""";
        try (var update = transaction.prepareStatement(sql)) {
            update.setArray(1, array(transaction, "uuid", places, p -> p.matter.stream().value()));
            update.setArray(2, array(transaction, "uuid", places, p -> p.matter.id()));
            update.setArray(3, array(transaction, "int8", places, Place::version));
            update.setString(4, policy);
            update.setString(5, policy);
            var waiting = new HashSet<Place>();
            try (var rows = update.executeQuery()) {
                while (rows.next()) {
                    waiting.add(new Place(matter(rows), rows.getLong(3)));
                }
            }
            return waiting;
        }
    }

    /**
     * Parks matters, or says anew where and why parked ones have stopped.
     *
     * @param attempts how often they were tried again by now
     */
    int park(String policy, List<Stop> stops, int attempts) throws SQLException {
        return transactions.commit(transaction -> park(transaction, policy, stops, attempts));
    }

    static int park(Connection transaction, String policy, List<Stop> stops, int attempts)
            throws SQLException {
        var sql =
                """
                insert into parked_matter as p (policy, stream_id, matter, since, until, reason,
                    attempts, parked_at, retry_at)
                select ?, stream_id, matter, since, until, reason, ?, now(),
                    now() + retry_millis * interval '1 millisecond'
                from unnest(?::uuid[], ?::uuid[], ?::bigint[], ?::bigint[], ?::text[], ?::bigint[])
                    as s (stream_id, matter, since, until, reason, retry_millis)
                on conflict on constraint matter_is_parked do update
                set since = excluded.since, reason = excluded.reason,
                    attempts = excluded.attempts, retry_at = excluded.retry_at,
                    until = greatest(p.until, excluded.until)""";
        try (var insert = transaction.prepareStatement(sql)) {
            insert.setString(1, policy);
            insert.setInt(2, attempts);
            insert.setArray(
                    3, array(transaction, "uuid", stops, s -> s.since.matter.stream().value()));
            insert.setArray(4, array(transaction, "uuid", stops, s -> s.since.matter.id()));
            insert.setArray(5, array(transaction, "int8", stops, s -> s.since.version));
            insert.setArray(6, array(transaction, "int8", stops, Stop::until));
            insert.setArray(7, array(transaction, "text", stops, s -> storable(s.reason)));
            insert.setArray(
                    8,
                    array(
                            transaction,
                            "int8",
                            stops,
                            s -> s.retryIn == null ? null : s.retryIn.toMillis()));
            return insert.executeUpdate();
        }
    }

    /** A failure's text may hold what no column takes, and be as long as a payload. */
    private static String storable(String reason) {
        var text = reason.replace('\0', '\uFFFD');
        return text.length() <= LONGEST_REASON ? text : text.substring(0, LONGEST_REASON);
    }

    /** Frees a matter; where events have come that were not reacted to, these are tried at once. */
    void settle(String policy, Matter matter, long reactedTo) throws SQLException {
        var sql =
                """
                with freed as (
                    delete from parked_matter
                    where policy = ? and stream_id = ? and matter = ? and until <= ?)
                update parked_matter set since = ? + 1, attempts = 0, retry_at = now()
                where policy = ? and stream_id = ? and matter = ? and until > ?""";
        transactions.commit(
                transaction -> {
                    try (var settle = transaction.prepareStatement(sql)) {
                        for (int first : new int[] {1, 6}) {
                            settle.setString(first, policy);
                            settle.setObject(first + 1, matter.stream().value());
                            settle.setObject(first + 2, matter.id());
                            settle.setLong(first + 3, reactedTo);
                        }
                        settle.setLong(5, reactedTo);
                        return settle.executeUpdate();
                    }
                });
    }

    /**
     * Those that are to be tried again, the longest due first. Nobody else gets them within the
     * lease, which has to be longer than a try.
     */
    List<Parked> lease(String policy, int limit, Duration lease) throws SQLException {
        var sql =
                """
                update parked_matter p set retry_at = now() + ? * interval '1 millisecond'
                from (select stream_id, matter from parked_matter
                      where policy = ? and retry_at <= now()
                      order by retry_at limit ? for update skip locked) due
                where p.policy = ? and p.stream_id = due.stream_id and p.matter = due.matter
                returning p.stream_id, p.matter, p.since, p.until, p.reason, p.attempts,
                    p.parked_at, p.retry_at""";
        return transactions.commit(
                transaction -> {
                    try (var update = transaction.prepareStatement(sql)) {
                        update.setLong(1, lease.toMillis());
                        update.setString(2, policy);
                        update.setInt(3, limit);
                        update.setString(4, policy);
                        var due = new ArrayList<Parked>();
                        try (var rows = update.executeQuery()) {
                            while (rows.next()) {
                                due.add(parked(rows));
                            }
                        }
                        return due;
                    }
                });
    }

    /** What is parked of a stream, in the order of the matters. */
    List<Parked> ofStream(String policy, StreamId stream, int limit) throws SQLException {
        var sql =
                """
                select stream_id, matter, since, until, reason, attempts, parked_at, retry_at
                from parked_matter where policy = ? and stream_id = ? order by matter limit ?""";
        return transactions.single(
                session -> {
                    try (var query = session.prepareStatement(sql)) {
                        query.setString(1, policy);
                        query.setObject(2, stream.value());
                        query.setInt(3, limit);
                        var all = new ArrayList<Parked>();
                        try (var rows = query.executeQuery()) {
                            while (rows.next()) {
                                all.add(parked(rows));
                            }
                        }
                        return all;
                    }
                });
    }

    /**
     * How much of a policy is parked.
     *
     * @param retried what is tried again by itself
     * @param stuck what waits for an operator
     */
    record Count(long retried, long stuck) {

        static final Count NONE = new Count(0, 0);
    }

    /** By the policies' names; those that have parked nothing are left out. */
    Map<String, Count> counts() throws SQLException {
        var sql =
                """
                select policy, count(retry_at), count(*) - count(retry_at)
                from parked_matter group by policy""";
        return transactions.single(
                session -> {
                    var counts = new HashMap<String, Count>();
                    try (var query = session.prepareStatement(sql);
                            var rows = query.executeQuery()) {
                        while (rows.next()) {
                            counts.put(
                                    rows.getString(1), new Count(rows.getLong(2), rows.getLong(3)));
                        }
                    }
                    return counts;
                });
    }

    /**
     * Has all that is parked tried again at once.
     *
     * @return how many matters
     */
    int retryAll(String policy) throws SQLException {
        var sql = "update parked_matter set retry_at = now() where policy = ?";
        return transactions.commit(
                transaction -> {
                    try (var update = transaction.prepareStatement(sql)) {
                        update.setString(1, policy);
                        return update.executeUpdate();
                    }
                });
    }

    /**
     * Never reacts to what is parked of a stream, and keeps on record who said so and why.
     *
     * @return how many matters
     */
    int skip(String policy, StreamId stream, String because, String by) throws SQLException {
        var sql =
                """
                with skipped as (
                    delete from parked_matter where policy = ? and stream_id = ? returning *)
                insert into skipped_matter (policy, stream_id, matter, since, until, reason,
                    because, skipped_by, skipped_at)
                select policy, stream_id, matter, since, until, reason, ?, ?, now() from skipped""";
        return transactions.commit(
                transaction -> {
                    try (var insert = transaction.prepareStatement(sql)) {
                        insert.setString(1, policy);
                        insert.setObject(2, stream.value());
                        insert.setString(3, because);
                        insert.setString(4, by);
                        return insert.executeUpdate();
                    }
                });
    }

    private static Parked parked(ResultSet row) throws SQLException {
        var retryAt = row.getObject(8, OffsetDateTime.class);
        return new Parked(
                matter(row),
                row.getLong(3),
                row.getLong(4),
                row.getString(5),
                row.getInt(6),
                row.getObject(7, OffsetDateTime.class).toInstant(),
                retryAt == null ? null : retryAt.toInstant());
    }

    private static Matter matter(ResultSet row) throws SQLException {
        return new Matter(new StreamId(row.getObject(1, UUID.class)), row.getObject(2, UUID.class));
    }

    private static <T> Array array(
            Connection transaction,
            String type,
            Collection<T> rows,
            Function<T, @Nullable Object> value)
            throws SQLException {
        return transaction.createArrayOf(type, rows.stream().map(value).toArray());
    }
}
