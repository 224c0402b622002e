package banking.journal;

import banking.events.StreamId;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/** The claims as the database has them; all calls belong into the pipeline's transaction. */
public final class ClaimedRows {

    private ClaimedRows() {}

    public static void delete(Connection transaction, Map<Claim, StreamId> given)
            throws SQLException {
        var rows = inOrder(given);
        new MultiRow(transaction)
                .add(
                        """
                        delete from claim c using unnest(?::text[], ?::text[], ?::uuid[])
                            as g (kind, value, stream_id)
                        where c.kind = g.kind and c.value = g.value and c.stream_id = g.stream_id""",
                        rows,
                        MultiRow.text(Claim::kind),
                        MultiRow.text(Claim::value),
                        MultiRow.uuid(claim -> owner(given, claim)))
                .write();
    }

    /**
     * Waits for those who claim the same at the same time.
     *
     * @return what is claimed by others
     */
    public static Set<Claim> insert(Connection transaction, Map<Claim, StreamId> made)
            throws SQLException {
        var refused = new HashSet<>(made.keySet());
        var sql =
                """
                insert into claim (kind, value, stream_id)
                values (?, ?, ?) on conflict do nothing""";
        try (var insert = transaction.prepareStatement(sql)) {
            for (var claim : inOrder(made)) {
                insert.setString(1, claim.kind());
                insert.setString(2, claim.value());
                insert.setObject(3, owner(made, claim));
                if (insert.executeUpdate() == 1) {
                    refused.remove(claim);
                }
            }
        }
        return refused;
    }

    private static UUID owner(Map<Claim, StreamId> claims, Claim claim) {
        return Objects.requireNonNull(claims.get(claim)).value();
    }

    /** So that two transactions never wait for each other in a ring. */
    private static List<Claim> inOrder(Map<Claim, StreamId> claims) {
        return claims.keySet().stream()
                .sorted(Comparator.comparing(Claim::kind).thenComparing(Claim::value))
                .toList();
    }
}
