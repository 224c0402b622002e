package banking.ledger;

import banking.account.Amount;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

final class Answers {

    private Answers() {}

    @Schema(name = "TrialBalance")
    record TrialBalances(List<Books> currencies) {

        static TrialBalances of(List<TrialBalance> proofs) {
            return new TrialBalances(proofs.stream().map(Books::of).toList());
        }
    }

    /**
     * @param debit the sum of all debits, which equals the sum of all credits
     * @param balance the sum of the balances: zero
     * @param accountBalances the sum of the customers' accounts, which is what CUSTOMERS owes
     * @param openTransfers the sum of the transfers that have not ended, which is what IN_TRANSIT
     *     owes
     * @param balanced whether all of that is so
     */
    @Schema(name = "Books")
    record Books(
            String currency,
            List<Line> accounts,
            Amount debit,
            Amount credit,
            Amount balance,
            Amount accountBalances,
            Amount openTransfers,
            boolean balanced) {

        static Books of(TrialBalance proof) {
            var total = proof.total();
            return new Books(
                    proof.currency(),
                    Arrays.stream(LedgerAccount.values()).map(a -> Line.of(a, proof)).toList(),
                    proof.amount(total.debit()),
                    proof.amount(total.credit()),
                    proof.amount(total.balance()),
                    proof.amount(proof.held()),
                    proof.amount(proof.open()),
                    proof.isBalanced() && proof.isTransitExplained());
        }
    }

    @Schema(name = "LedgerAccountTotals")
    record Line(
            LedgerAccount account,
            Amount debit,
            Amount credit,
            @Schema(description = "debit - credit") Amount balance) {

        static Line of(LedgerAccount account, TrialBalance proof) {
            var sums = proof.of(account);
            return new Line(
                    account,
                    proof.amount(sums.debit()),
                    proof.amount(sums.credit()),
                    proof.amount(sums.balance()));
        }
    }

    @Schema(name = "LedgerEntryPage")
    record Entries(List<Entry> entries, @Nullable String next) {}

    /**
     * @param customerAccount the account behind the leg on CUSTOMERS
     */
    @Schema(name = "LedgerEntry")
    record Entry(
            @Schema(description = "The account's id and version") String bookingId,
            Instant occurredAt,
            LedgerAccount debit,
            LedgerAccount credit,
            UUID customerAccount,
            Amount amount,
            @Nullable String reference) {

        static Entry of(BookedLine line) {
            var booking = line.booking();
            return new Entry(
                    line.bookingId().toString(),
                    line.occurredAt,
                    booking.debit(),
                    booking.credit(),
                    line.accountId,
                    Amount.of(line.amountMinor, line.currency),
                    line.reference);
        }
    }
}
