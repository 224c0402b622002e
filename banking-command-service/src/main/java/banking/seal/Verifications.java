package banking.seal;

import banking.database.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How far walks have come and what they have found, as the database has it. */
@ApplicationScoped
class Verifications {

    private final Transactions transactions;

    Verifications(Transactions transactions) {
        this.transactions = transactions;
    }

    /**
     * @param until behind which the walk ends; null for one that begins again
     * @param endedAt when its last whole round has ended; null before that
     * @param checked in this round
     */
    record Stand(
            String walk,
            String position,
            @Nullable Long until,
            Instant begunAt,
            @Nullable Instant endedAt,
            long checked) {}

    record Finding(String walk, String place, String why, Instant foundAt) {}

    /**
     * @return whether there was room for it
     */
    boolean begin(String walk, String position, @Nullable Long until, int most)
            throws SQLException {
        var sql =
                """
                insert into verification (walk, position, until, begun_at, checked)
                select ?, ?, ?, now(), 0
                where (select count(*) from verification) < ?
                on conflict on constraint walk_is_under_way do nothing""";
        return transactions.commit(
                s -> {
                    s.write(sql, walk, position, until, most).run();
                    return s.write("select walk from verification where walk = ?", walk)
                            .find(row -> row.getString(1))
                            .isPresent();
                });
    }

    /** Makes room for those that are asked for. */
    void forgetEnded(Duration age) throws SQLException {
        var old = "until is not null and ended_at < now() - make_interval(secs => ?)";
        transactions.commit(
                s -> {
                    var seconds = age.toSeconds();
                    s.write(
                            "delete from finding where walk in (select walk from verification where "
                                    + old
                                    + ")",
                            (double) seconds);
                    s.write("delete from verification where " + old, (double) seconds);
                    return s.run();
                });
    }

    /** The one that has waited longest, for some time this process's alone; none where all are. */
    Optional<Stand> lease(Duration lease) throws SQLException {
        var sql =
                """
                update verification set leased_until = now() + make_interval(secs => ?)
                where walk = (
                    select walk from verification
                    where leased_until < now() and (until is null or ended_at is null)
                    order by leased_until limit 1 for update skip locked)
                returning walk, position, until, begun_at, ended_at, checked""";
        return transactions.single(
                s -> s.write(sql, lease.toMillis() / 1e3).find(Verifications::stand));
    }

    /**
     * What a turn has led to; where it was the last of a round, the next one begins.
     *
     * @return the places that nobody has found before
     */
    List<String> went(Stand stand, Walk walk, Walk.Turn turn, Duration rest, int mostFindings)
            throws SQLException {
        return transactions.commit(
                s -> {
                    var found = turn.found().entrySet();
                    var isNew = new ArrayList<String>();
                    if (!found.isEmpty()) {
                        s.write(
                                        """
                                        insert into finding (walk, place, why, found_at, seen_at)
                                        select ?, place, why, now(), now()
                                        from unnest(?, ?) as f (place, why)
                                        where (select count(*) from finding) < ?
                                        on conflict on constraint place_is_found do update
                                        set why = excluded.why, seen_at = now()
                                        returning place, xmax = 0""",
                                        stand.walk)
                                .add("text", found, Map.Entry::getKey)
                                .add("text", found, Map.Entry::getValue)
                                .add(mostFindings)
                                .each(
                                        row -> {
                                            if (row.getBoolean(2)) {
                                                isNew.add(row.getString(1));
                                            }
                                        });
                    }
                    if (turn.position() == null) {
                        s.write(
                                """
                                delete from finding f using verification v
                                where f.walk = v.walk and f.walk = ? and f.seen_at < v.begun_at""",
                                stand.walk);
                        s.write(
                                """
                                update verification set position = ?, checked = checked + ?,
                                    ended_at = now(),
                                    leased_until = now() + make_interval(secs => ?)
                                where walk = ?""",
                                walk.start(),
                                turn.checked(),
                                rest.toMillis() / 1e3,
                                stand.walk);
                        s.write(
                                """
                                update verification set begun_at = now(), checked = 0
                                where walk = ? and until is null""",
                                stand.walk);
                    } else {
                        s.write(
                                """
                                update verification set position = ?, checked = checked + ?,
                                    leased_until = now() + make_interval(secs => ?)
                                where walk = ?""",
                                turn.position(),
                                turn.checked(),
                                rest.toMillis() / 1e3,
                                stand.walk);
                    }
                    s.run();
                    return isNew;
                });
    }

    List<Stand> stands() throws SQLException {
        return transactions.single(
                s ->
                        s.write(
                                        """
                                        select walk, position, until, begun_at, ended_at, checked
                                        from verification order by walk""")
                                .query(Verifications::stand));
    }

    List<Finding> findings(int most) throws SQLException {
        return transactions.single(
                s ->
                        s.write(
                                        """
                                        select walk, place, why, found_at from finding
                                        order by found_at desc, walk, place limit ?""",
                                        most)
                                .query(
                                        row ->
                                                new Finding(
                                                        row.getString(1),
                                                        row.getString(2),
                                                        row.getString(3),
                                                        instant(row, 4))));
    }

    long count() throws SQLException {
        return transactions.single(
                s ->
                        s.write("select count(*) from finding")
                                .find(row -> row.getLong(1))
                                .orElse(0L));
    }

    private static Stand stand(ResultSet row) throws SQLException {
        var ended = row.getObject(5, OffsetDateTime.class);
        return new Stand(
                row.getString(1),
                row.getString(2),
                row.getObject(3, Long.class),
                instant(row, 4),
                ended == null ? null : ended.toInstant(),
                row.getLong(6));
    }

    private static Instant instant(ResultSet row, int column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
