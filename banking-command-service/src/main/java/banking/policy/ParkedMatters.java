package banking.policy;

import banking.database.Statements;
import banking.database.Transactions;
import banking.events.StreamId;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
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
    static Set<Place> extend(Statements statements, String policy, Collection<Place> places)
            throws SQLException {
        return Set.copyOf(
                statements
                        .write(
                                """
                                with e as (
                                    select * from unnest(?, ?, ?) as e (stream_id, matter, version)),
                                parked as (
                                    update parked_matter p set until = greatest(p.until, n.version)
                                    from (select stream_id, matter, max(version) as version
                                          from e group by stream_id, matter) n
                                    where p.policy = ? and p.stream_id = n.stream_id
                                        and p.matter = n.matter
                                    returning p.stream_id, p.matter)
                                select e.* from e join parked using (stream_id, matter)
                                union all
                                select e.* from e join skipped_matter s using (stream_id, matter)
                                where s.policy = ? and e.version between s.since and s.until""")
                        .add("uuid", places, p -> p.matter.stream().value())
                        .add("uuid", places, p -> p.matter.id())
                        .addLongs(places, Place::version)
                        .add(policy)
                        .add(policy)
                        .query(row -> new Place(matter(row), row.getLong(3))));
    }

    /**
     * Parks matters, or says anew where and why parked ones have stopped.
     *
     * @param attempts how often they were tried again by now
     */
    int park(String policy, List<Stop> stops, int attempts) throws SQLException {
        return transactions.single(statements -> park(statements, policy, stops, attempts));
    }

    static int park(Statements statements, String policy, List<Stop> stops, int attempts)
            throws SQLException {
        var sql =
                """
                insert into parked_matter as p (policy, stream_id, matter, since, until,
                    reason, attempts, parked_at, retry_at)
                select ?, stream_id, matter, since, until, reason, ?, now(),
                    now() + retry_millis * interval '1 millisecond'
                from unnest(?, ?, ?, ?, ?, ?)
                    as s (stream_id, matter, since, until, reason, retry_millis)
                on conflict on constraint matter_is_parked do update
                set since = excluded.since, reason = excluded.reason,
                    attempts = excluded.attempts, retry_at = excluded.retry_at,
                    until = greatest(p.until, excluded.until)""";
        return statements
                .write(sql, policy, attempts)
                .add("uuid", stops, s -> s.since.matter.stream().value())
                .add("uuid", stops, s -> s.since.matter.id())
                .addLongs(stops, s -> s.since.version)
                .addLongs(stops, Stop::until)
                .add("text", stops, s -> storable(s.reason))
                .add("int8", stops, s -> s.retryIn == null ? null : s.retryIn.toMillis())
                .run();
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
        transactions.single(
                s ->
                        s.write(
                                        sql,
                                        policy,
                                        matter.stream().value(),
                                        matter.id(),
                                        reactedTo,
                                        reactedTo,
                                        policy,
                                        matter.stream().value(),
                                        matter.id(),
                                        reactedTo)
                                .run());
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
        return transactions.single(
                s ->
                        s.write(sql, lease.toMillis(), policy, limit, policy)
                                .query(ParkedMatters::parked));
    }

    /** What is parked of a stream, in the order of the matters. */
    List<Parked> ofStream(String policy, StreamId stream, int limit) throws SQLException {
        var sql =
                """
                select stream_id, matter, since, until, reason, attempts, parked_at, retry_at
                from parked_matter where policy = ? and stream_id = ? order by matter limit ?""";
        return transactions.single(
                s -> s.write(sql, policy, stream.value(), limit).query(ParkedMatters::parked));
    }

    /**
     * How much of a policy is parked.
     *
     * @param retried what is tried again by itself
     * @param stuck what waits for an operator
     * @param oldestAgeSeconds for how long the oldest of them has waited
     */
    record Count(long retried, long stuck, double oldestAgeSeconds) {

        static final Count NONE = new Count(0, 0, 0);
    }

    /** By the policies' names; those that have parked nothing are left out. */
    Map<String, Count> counts() throws SQLException {
        var sql =
                """
                select policy, count(retry_at), count(*) - count(retry_at),
                    extract(epoch from now() - min(parked_at))
                from parked_matter group by policy""";
        return transactions.single(
                statements ->
                        statements
                                .write(sql)
                                .map(
                                        row -> row.getString(1),
                                        row ->
                                                new Count(
                                                        row.getLong(2),
                                                        row.getLong(3),
                                                        row.getDouble(4))));
    }

    /**
     * Has all that is parked tried again at once.
     *
     * @return how many matters
     */
    int retryAll(String policy) throws SQLException {
        var sql = "update parked_matter set retry_at = now() where policy = ?";
        return transactions.single(s -> s.write(sql, policy).run());
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
                    delete from parked_matter
                    where policy = ? and stream_id = ? returning *)
                insert into skipped_matter (policy, stream_id, matter,
                    since, until, reason, because, skipped_by, skipped_at)
                select policy, stream_id, matter, since, until, reason, ?,
                    ?, now()
                from skipped""";
        return transactions.single(s -> s.write(sql, policy, stream.value(), because, by).run());
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
}
