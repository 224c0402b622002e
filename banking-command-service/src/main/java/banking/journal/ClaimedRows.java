package banking.journal;

import banking.events.StreamId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** The claims as the database has them; all calls belong into the pipeline's transaction. */
public final class ClaimedRows {

    /** SQLSTATE {@code serialization_failure}. */
    private static final String TRY_AGAIN = "40001";

    private ClaimedRows() {}

    /**
     * @throws IllegalStateException when one of them is not its owner's, though the owner is locked
     */
    public static void delete(Connection transaction, Map<Claim, StreamId> given)
            throws SQLException {
        var sql = "delete from claim where kind = ? and value = ? and stream_id = ?";
        try (var delete = transaction.prepareStatement(sql)) {
            for (var claim : inOrder(given)) {
                bind(delete, claim, given);
                if (delete.executeUpdate() != 1) {
                    throw new IllegalStateException(claim + " was not its owner's");
                }
            }
        }
    }

    /**
     * Waits for those who claim the same at the same time.
     *
     * @return what is claimed by others
     * @throws SQLException also, with a state that asks for another try, where a claim is its
     *     owner's already: a try whose commit was in doubt has been committed meanwhile
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
                bind(insert, claim, made);
                if (insert.executeUpdate() == 1) {
                    refused.remove(claim);
                }
            }
        }
        for (var claim : refused) {
            if (isOwn(transaction, claim, made)) {
                throw new SQLException(claim + " is claimed by the same already", TRY_AGAIN);
            }
        }
        return refused;
    }

    private static boolean isOwn(Connection transaction, Claim claim, Map<Claim, StreamId> owners)
            throws SQLException {
        var sql = "select from claim where kind = ? and value = ? and stream_id = ?";
        try (var query = transaction.prepareStatement(sql)) {
            bind(query, claim, owners);
            try (var rows = query.executeQuery()) {
                return rows.next();
            }
        }
    }

    private static void bind(PreparedStatement statement, Claim claim, Map<Claim, StreamId> owners)
            throws SQLException {
        statement.setString(1, claim.kind());
        statement.setString(2, claim.value());
        statement.setObject(3, Objects.requireNonNull(owners.get(claim)).value());
    }

    /** So that two transactions never wait for each other in a ring. */
    private static List<Claim> inOrder(Map<Claim, StreamId> claims) {
        return claims.keySet().stream()
                .sorted(Comparator.comparing(Claim::kind).thenComparing(Claim::value))
                .toList();
    }
}
