package banking.ledger;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;

import banking.account.Amount;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collector;

/** The proof of the books: what was debited was credited, and CUSTOMERS is what accounts hold. */
final class TrialBalance {

    private record Sums(BigDecimal debit, BigDecimal credit) {

        static final Sums ZERO = new Sums(BigDecimal.ZERO, BigDecimal.ZERO);

        Sums plus(Sums other) {
            return new Sums(debit.add(other.debit), credit.add(other.credit));
        }

        BigDecimal balance() {
            return debit.subtract(credit);
        }
    }

    private TrialBalance() {}

    static Answers.TrialBalance of(List<TrialBalanceLine> lines) {
        var byCurrency =
                lines.stream()
                        .collect(groupingBy(line -> line.currency, TreeMap::new, sumsByAccount()));
        return new Answers.TrialBalance(
                byCurrency.entrySet().stream().map(e -> books(e.getKey(), e.getValue())).toList());
    }

    private static Collector<TrialBalanceLine, ?, Map<String, Sums>> sumsByAccount() {
        return toMap(line -> line.account, line -> new Sums(line.debitMinor, line.creditMinor));
    }

    private static Answers.Books books(String currency, Map<String, Sums> sums) {
        Function<BigDecimal, Amount> amount = minorUnits -> Amount.of(minorUnits, currency);
        var total = Sums.ZERO;
        for (var account : LedgerAccount.values()) {
            total = total.plus(sums.getOrDefault(account.name(), Sums.ZERO));
        }
        var owed = sums.getOrDefault(LedgerAccount.CUSTOMERS.name(), Sums.ZERO).balance().negate();
        var held = sums.getOrDefault(TrialBalanceLine.SUBSIDIARIES, Sums.ZERO).credit();
        return new Answers.Books(
                currency,
                Arrays.stream(LedgerAccount.values())
                        .map(
                                account -> {
                                    var sum = sums.getOrDefault(account.name(), Sums.ZERO);
                                    return new Answers.Line(
                                            account,
                                            amount.apply(sum.debit),
                                            amount.apply(sum.credit),
                                            amount.apply(sum.balance()));
                                })
                        .toList(),
                amount.apply(total.debit),
                amount.apply(total.credit),
                amount.apply(total.balance()),
                amount.apply(held),
                total.balance().signum() == 0 && owed.compareTo(held) == 0);
    }
}
