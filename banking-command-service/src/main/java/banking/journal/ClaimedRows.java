package banking.journal;

import banking.aggregate.Claim;
import banking.database.Statements;
import banking.events.StreamId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The claims as the database has them; all calls belong into the pipeline's transaction. */
public final class ClaimedRows {

    /** SQLSTATE {@code serialization_failure}. */
    private static final String TRY_AGAIN = "40001";

    private static final String INSERT =
            "insert into claim (kind, value, stream_id) select * from unnest(?, ?, ?)";

    private ClaimedRows() {}

    /**
     * Changes who claims what, in one trip: all of it, or nothing where something is refused. Waits
     * for those who claim the same at the same time.
     *
     * @param given what is not its owner's any more
     * @param made what has a new owner
     * @param forGood what has an owner who never gives it back, and whom it is refused if it is its
     *     own already
     * @return what is claimed already
     * @throws SQLException also, with a state that asks for another try, where one of {@code made}
     *     is its owner's already: a try whose commit was in doubt has been committed meanwhile
     * @throws IllegalStateException when one of {@code given} is not its owner's, though the owner
     *     is locked
     */
    public static Set<Claim> change(
            Statements statements,
            Map<Claim, StreamId> given,
            Map<Claim, StreamId> made,
            Map<Claim, StreamId> forGood)
            throws SQLException {
        var wanted = new HashMap<>(made);
        wanted.putAll(forGood);
        var refused = new HashSet<>(wanted.keySet());
        exchange(statements, given, wanted).forEach(refused::remove);
        if (!refused.isEmpty()) {
            statements.write("rollback to before_claims");
            refuseOwn(statements, made, refused);
        }
        return refused;
    }

    /**
     * Makes claims, to travel with what is written next: where one of them is somebody's already,
     * that fails with {@code claim_is_taken}, and the transaction is lost.
     */
    public static void add(Statements statements, Map<Claim, StreamId> made) throws SQLException {
        bind(statements.write(INSERT), made);
    }

    /** Those that are claimed by somebody. */
    public static Set<Claim> among(Statements statements, Set<Claim> claims) throws SQLException {
        if (claims.isEmpty()) {
            return Set.of();
        }
        return Set.copyOf(
                statements
                        .write(
                                """
                                select kind, value from claim
                                join unnest(?, ?) as c (kind, value) using (kind, value)""")
                        .add("text", claims, Claim::kind)
                        .add("text", claims, Claim::value)
                        .query(ClaimedRows::read));
    }

    /** What some streams claim, in the place of all that they, or others for it, had claimed. */
    public static void replace(
            Statements statements, Collection<StreamId> streams, Map<Claim, StreamId> claims)
            throws SQLException {
        statements
                .write(
                        """
                        delete from claim where stream_id = any (?)
                            or (kind, value) in (select * from unnest(?, ?))""")
                .add("uuid", streams, StreamId::value)
                .add("text", claims.keySet(), Claim::kind)
                .add("text", claims.keySet(), Claim::value)
                .write(INSERT);
        bind(statements, claims);
    }

    private static Claim read(ResultSet row) throws SQLException {
        return new Claim(row.getString(1), row.getString(2));
    }

    /**
     * @return those of the wanted that were free
     */
    private static List<Claim> exchange(
            Statements statements, Map<Claim, StreamId> given, Map<Claim, StreamId> wanted)
            throws SQLException {
        statements.write("savepoint before_claims");
        if (!given.isEmpty()) {
            statements.write(
                    """
                    delete from claim c using unnest(?, ?, ?) as g (kind, value, owner)
                    where (c.kind, c.value, c.stream_id) = (g.kind, g.value, g.owner)""");
            bind(statements, given)
                    .expecting(
                            given.size(),
                            () -> new IllegalStateException("not all is claimed of " + given));
        }
        statements.write(INSERT + " on conflict do nothing returning kind, value");
        return bind(statements, wanted).query(ClaimedRows::read);
    }

    private static void refuseOwn(
            Statements statements, Map<Claim, StreamId> made, Set<Claim> refused)
            throws SQLException {
        var mine = new HashMap<>(made);
        mine.keySet().retainAll(refused);
        if (mine.isEmpty()) {
            return;
        }
        statements.write(
                """
                select kind, value from claim
                join unnest(?, ?, ?) as m (kind, value, stream_id)
                    using (kind, value, stream_id)""");
        var own = bind(statements, mine).find(ClaimedRows::read);
        if (own.isPresent()) {
            throw new SQLException(own.get() + " is claimed by the same", TRY_AGAIN);
        }
    }

    /** In their order, so that two transactions never wait for each other in a ring. */
    private static Statements bind(Statements statements, Map<Claim, StreamId> claims)
            throws SQLException {
        var rows =
                claims.entrySet().stream()
                        .sorted(
                                Map.Entry.comparingByKey(
                                        Comparator.comparing(Claim::kind)
                                                .thenComparing(Claim::value)))
                        .toList();
        return statements
                .add("text", rows, row -> row.getKey().kind())
                .add("text", rows, row -> row.getKey().value())
                .add("uuid", rows, row -> row.getValue().value());
    }
}
