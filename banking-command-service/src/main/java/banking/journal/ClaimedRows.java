package banking.journal;

import static banking.database.MultiRow.text;
import static banking.database.MultiRow.uuid;

import banking.aggregate.Claim;
import banking.database.MultiRow;
import banking.database.MultiRow.Column;
import banking.events.StreamId;
import java.sql.Connection;
import java.sql.SQLException;
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

    private static final Column<Map.Entry<Claim, StreamId>> KIND = text(e -> e.getKey().kind());
    private static final Column<Map.Entry<Claim, StreamId>> VALUE = text(e -> e.getKey().value());
    private static final Column<Map.Entry<Claim, StreamId>> OWNER = uuid(e -> e.getValue().value());

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
            Connection transaction,
            Map<Claim, StreamId> given,
            Map<Claim, StreamId> made,
            Map<Claim, StreamId> forGood)
            throws SQLException {
        var wanted = new HashMap<>(made);
        wanted.putAll(forGood);
        var refused = new HashSet<>(wanted.keySet());
        refused.removeAll(exchange(transaction, given, wanted));
        if (!refused.isEmpty()) {
            new MultiRow(transaction).add("rollback to before_claims").run().close();
            refuseOwn(transaction, made, refused);
        }
        return refused;
    }

    /** Those that are claimed by somebody. */
    public static Set<Claim> among(Connection transaction, Set<Claim> claims) throws SQLException {
        if (claims.isEmpty()) {
            return Set.of();
        }
        var statements = new MultiRow(transaction);
        statements.add(
                """
                select kind, value from claim
                join unnest(?::text[], ?::text[]) as c (kind, value) using (kind, value)""",
                List.copyOf(claims),
                text(Claim::kind),
                text(Claim::value));
        return read(statements);
    }

    private static Set<Claim> read(MultiRow statements) throws SQLException {
        var claims = new HashSet<Claim>();
        try (var all = statements.run();
                var rows = all.getResultSet()) {
            while (rows != null && rows.next()) {
                claims.add(new Claim(rows.getString(1), rows.getString(2)));
            }
        }
        return claims;
    }

    /**
     * @return those of the wanted that were free
     */
    private static Set<Claim> exchange(
            Connection transaction, Map<Claim, StreamId> given, Map<Claim, StreamId> wanted)
            throws SQLException {
        var statements = new MultiRow(transaction).add("savepoint before_claims");
        if (!given.isEmpty()) {
            statements
                    .add(
                            """
                            delete from claim c
                            using unnest(?::text[], ?::text[], ?::uuid[]) as g (kind, value, owner)
                            where (c.kind, c.value, c.stream_id) = (g.kind, g.value, g.owner)""",
                            inOrder(given),
                            KIND,
                            VALUE,
                            OWNER)
                    .expecting(given.size());
        }
        statements.add(
                """
                insert into claim (kind, value, stream_id)
                select * from unnest(?::text[], ?::text[], ?::uuid[])
                on conflict do nothing returning kind, value""",
                inOrder(wanted),
                KIND,
                VALUE,
                OWNER);
        return read(statements);
    }

    private static void refuseOwn(
            Connection transaction, Map<Claim, StreamId> made, Set<Claim> refused)
            throws SQLException {
        var sql = "select from claim where kind = ? and value = ? and stream_id = ?";
        try (var query = transaction.prepareStatement(sql)) {
            for (var claim : refused) {
                var owner = made.get(claim);
                if (owner == null) {
                    continue;
                }
                query.setString(1, claim.kind());
                query.setString(2, claim.value());
                query.setObject(3, owner.value());
                try (var rows = query.executeQuery()) {
                    if (rows.next()) {
                        throw new SQLException(claim + " is claimed by the same", TRY_AGAIN);
                    }
                }
            }
        }
    }

    /** So that two transactions never wait for each other in a ring. */
    private static List<Map.Entry<Claim, StreamId>> inOrder(Map<Claim, StreamId> claims) {
        return claims.entrySet().stream()
                .sorted(
                        Map.Entry.comparingByKey(
                                Comparator.comparing(Claim::kind).thenComparing(Claim::value)))
                .toList();
    }
}
