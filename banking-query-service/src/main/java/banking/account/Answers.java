package banking.account;

import banking.events.Money;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What is said about accounts, as JSON. */
final class Answers {

    private Answers() {}

    /**
     * @param amount a decimal number with all the decimals that the currency has
     * @param currency an ISO 4217 code
     */
    @Schema(name = "Money")
    record Amount(
            @Schema(examples = "512.34") String amount, @Schema(examples = "EUR") String currency) {

        static Amount of(long minorUnits, String currency) {
            var money = new Money(minorUnits, Currency.getInstance(currency));
            return new Amount(money.amount().toPlainString(), currency);
        }
    }

    @Schema(name = "Account")
    record Account(
            UUID accountId,
            long version,
            AccountStatus status,
            String owner,
            Amount balance,
            Amount overdraftLimit,
            Instant openedAt,
            Instant updatedAt,
            @Schema(description = "Whether an event of this account waits to be looked into")
                    boolean behind) {

        static Account of(AccountView view) {
            return new Account(
                    view.id,
                    view.version,
                    view.status,
                    view.owner,
                    Amount.of(view.balanceMinor, view.currency),
                    Amount.of(view.overdraftLimitMinor, view.currency),
                    view.openedAt,
                    view.updatedAt,
                    view.behind);
        }
    }

    @Schema(name = "AccountPage")
    record Accounts(List<Account> accounts, @Nullable UUID next) {}

    @Schema(name = "StatementEntry")
    record Entry(
            long version,
            EntryKind kind,
            Amount amount,
            Amount balance,
            @Nullable String reference,
            Instant occurredAt) {

        static Entry of(StatementLine line) {
            return new Entry(
                    line.version,
                    line.kind,
                    Amount.of(line.amountMinor, line.currency),
                    Amount.of(line.balanceMinor, line.currency),
                    line.reference,
                    line.occurredAt);
        }
    }

    @Schema(name = "StatementPage")
    record Statement(UUID accountId, boolean behind, List<Entry> entries, @Nullable Long next) {}

    /**
     * @param version the version that made the balance
     */
    @Schema(name = "Balance")
    record Balance(UUID accountId, long version, Amount balance, boolean behind) {}
}
