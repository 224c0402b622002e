package banking.ledger;

import banking.account.FreshAccounts;
import banking.database.Statements;
import banking.health.Invariant;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The bank's books add up at every moment, also while transfers are under way and however far
 * partitions are apart; and nothing is under way for long.
 */
@ApplicationScoped
class Books implements Invariant {

    static final String UNBALANCED = "bank.books.unbalanced.currencies";
    static final String DIFFERENCE = "bank.books.transit.difference";
    static final String OVERDUE = "bank.books.overdue.transfers";

    private final BooksConfig config;

    Books(BooksConfig config) {
        this.config = config;
    }

    @Override
    public String name() {
        return "books";
    }

    @Override
    public String projection() {
        return FreshAccounts.PROJECTION;
    }

    @Override
    public Duration every() {
        return config.every();
    }

    @Override
    public Map<String, String> metrics() {
        return Map.of(
                UNBALANCED,
                "Currencies whose debits are not their credits, or not what the accounts hold",
                DIFFERENCE,
                "Currencies whose money in transit is not that of the transfers under way",
                OVERDUE,
                "Transfers that are under way for longer than they should be");
    }

    @Override
    public Findings check(Statements statements, @Nullable Instant readThrough)
            throws SQLException {
        // Two halves that have met at the same moment amount to nothing.
        statements.write(
                """
                DELETE FROM loose_end l USING loose_end other
                WHERE l.transfer_id = other.transfer_id AND l.told <> other.told""");
        var proofs =
                TrialBalance.of(
                        statements
                                .write("SELECT * FROM trial_balance")
                                .query(TrialBalanceLine::read));
        var breaches = new HashMap<String, String>();
        var unbalanced = proofs.stream().filter(proof -> !proof.isBalanced()).toList();
        unbalanced.forEach(proof -> breaches.put(proof.currency(), unbalanced(proof)));
        var unexplained = proofs.stream().filter(proof -> !proof.isTransitExplained()).toList();
        unexplained.forEach(
                proof -> breaches.put(proof.currency() + " in transit", unexplained(proof)));
        var overdue = overdue(statements, readThrough);
        if (overdue.transfers > 0) {
            breaches.put("overdue", overdue.toString());
        }
        return new Findings(
                Map.of(
                        UNBALANCED,
                        (long) unbalanced.size(),
                        DIFFERENCE,
                        (long) unexplained.size(),
                        OVERDUE,
                        overdue.transfers),
                breaches);
    }

    private static String unbalanced(TrialBalance proof) {
        var total = proof.total();
        return "debits are "
                + proof.amount(total.debit()).amount()
                + " and credits "
                + proof.amount(total.credit()).amount()
                + ", CUSTOMERS owes "
                + proof.amount(proof.owed()).amount()
                + " and the accounts hold "
                + proof.amount(proof.held()).amount();
    }

    private static String unexplained(TrialBalance proof) {
        return "IN_TRANSIT owes "
                + proof.amount(proof.inTransit()).amount()
                + " and the transfers that have not ended come to "
                + proof.amount(proof.open()).amount();
    }

    private record Overdue(long transfers, List<String> examples) {

        @Override
        public String toString() {
            return transfers
                    + " transfers are under way for too long, as "
                    + String.join(", ", examples);
        }
    }

    /** Judged by what has been read: views that lag behind show as under way what has ended. */
    private Overdue overdue(Statements statements, @Nullable Instant readThrough)
            throws SQLException {
        if (readThrough == null) {
            return new Overdue(0, List.of());
        }
        var late = readThrough.minus(config.longestTransit()).atOffset(ZoneOffset.UTC);
        var sql =
                """
                SELECT transfer_id, count(*) OVER () FROM transfer_under_way
                WHERE since < ? ORDER BY since LIMIT 3""";
        var found =
                statements
                        .write(sql, late)
                        .query(row -> new Found(row.getString(1), row.getLong(2)));
        return new Overdue(
                found.isEmpty() ? 0 : found.getFirst().all, found.stream().map(Found::id).toList());
    }

    private record Found(String id, long all) {}
}
