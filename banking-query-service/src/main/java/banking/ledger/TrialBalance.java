package banking.ledger;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import banking.account.Amount;
import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The proof of one currency's books, in minor units: what was debited was credited, CUSTOMERS is
 * what accounts hold, and IN_TRANSIT is what the transfers come to that have not ended.
 *
 * @param held the sum of the customers' accounts
 * @param open the sum of the transfers that have not ended
 */
record TrialBalance(
        String currency, Map<LedgerAccount, Sums> accounts, BigDecimal held, BigDecimal open) {

    /** Sums over all accounts go beyond what a {@code long} holds. */
    record Sums(BigDecimal debit, BigDecimal credit) {

        static final Sums ZERO = new Sums(BigDecimal.ZERO, BigDecimal.ZERO);

        Sums plus(Sums other) {
            return new Sums(debit.add(other.debit), credit.add(other.credit));
        }

        BigDecimal balance() {
            return debit.subtract(credit);
        }
    }

    static List<TrialBalance> of(List<TrialBalanceLine> lines) {
        return lines.stream()
                .collect(groupingBy(line -> line.currency, TreeMap::new, toList()))
                .entrySet()
                .stream()
                .map(currency -> of(currency.getKey(), currency.getValue()))
                .toList();
    }

    private static TrialBalance of(String currency, List<TrialBalanceLine> lines) {
        var accounts = new EnumMap<LedgerAccount, Sums>(LedgerAccount.class);
        var held = BigDecimal.ZERO;
        var open = BigDecimal.ZERO;
        for (var line : lines) {
            switch (line.account) {
                case TrialBalanceLine.SUBSIDIARIES -> held = line.creditMinor;
                case TrialBalanceLine.OPEN_TRANSFERS -> open = line.creditMinor;
                default ->
                        accounts.put(
                                LedgerAccount.valueOf(line.account),
                                new Sums(line.debitMinor, line.creditMinor));
            }
        }
        return new TrialBalance(currency, accounts, held, open);
    }

    Sums of(LedgerAccount account) {
        return accounts.getOrDefault(account, Sums.ZERO);
    }

    Sums total() {
        return accounts.values().stream().reduce(Sums.ZERO, Sums::plus);
    }

    BigDecimal owed() {
        return of(LedgerAccount.CUSTOMERS).balance().negate();
    }

    BigDecimal inTransit() {
        return of(LedgerAccount.IN_TRANSIT).balance().negate();
    }

    boolean isBalanced() {
        return imbalance().signum() == 0;
    }

    /** By how much debits are not credits, and CUSTOMERS is not what accounts hold. */
    BigDecimal imbalance() {
        return total().balance().abs().max(owed().subtract(held).abs());
    }

    boolean isTransitExplained() {
        return transitDifference().signum() == 0;
    }

    BigDecimal transitDifference() {
        return inTransit().subtract(open).abs();
    }

    Amount amount(BigDecimal minorUnits) {
        return Amount.of(minorUnits, currency);
    }
}
