package banking.ledger;

import banking.account.FreshAccounts;
import banking.database.Statements;
import banking.health.Figure;
import banking.health.Invariant;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The bank's books add up at every moment, also while transfers are under way and however far
 * partitions are apart; and nothing is under way for long.
 */
@ApplicationScoped
class Books implements Invariant {

    static final String IMBALANCE = "bank.ledger.imbalance.minor";
    static final String DIFFERENCE = "bank.ledger.transit.difference.minor";
    static final String OVERDUE = "bank.ledger.overdue.transfers";

    private static final BigDecimal MOST = BigDecimal.valueOf(Long.MAX_VALUE);

    private final BooksConfig config;

    Books(BooksConfig config) {
        this.config = config;
    }

    @Override
    public String name() {
        return "books";
    }

    @Override
    public Optional<String> projection() {
        return Optional.of(FreshAccounts.PROJECTION);
    }

    @Override
    public Duration every() {
        return config.every();
    }

    @Override
    public Map<String, String> metrics() {
        return Map.of(
                IMBALANCE,
                "By how much debits are not credits, or not what the accounts hold",
                DIFFERENCE,
                "By how much the money in transit is not that of the transfers under way",
                OVERDUE,
                "Transfers that are under way for longer than they should be");
    }

    @Override
    public Findings check(Statements statements, @Nullable Instant readThrough)
            throws SQLException {
        // Two halves that have met at the same moment amount to nothing.
        statements.write(
                """
                delete from loose_end l using loose_end other
                where l.transfer_id = other.transfer_id and l.told <> other.told""");
        var proofs =
                TrialBalance.of(
                        statements
                                .write("select * from trial_balance")
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
        var figures = new HashMap<Figure, Long>();
        for (var proof : proofs) {
            var currency = proof.currency();
            figures.put(Figure.ofCurrency(IMBALANCE, currency), number(proof.imbalance()));
            figures.put(Figure.ofCurrency(DIFFERENCE, currency), number(proof.transitDifference()));
        }
        figures.put(Figure.of(OVERDUE), overdue.transfers);
        return new Findings(figures, breaches);
    }

    private static long number(BigDecimal minorUnits) {
        return minorUnits.min(MOST).longValue();
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
                select transfer_id, count(*) over () from transfer_under_way
                where since < ? order by since limit 3""";
        var found =
                statements
                        .write(sql, late)
                        .query(row -> new Found(row.getString(1), row.getLong(2)));
        return new Overdue(
                found.isEmpty() ? 0 : found.getFirst().all, found.stream().map(Found::id).toList());
    }

    private record Found(String id, long all) {}
}
