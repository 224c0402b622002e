package banking.account;

import banking.events.AccountId;
import banking.events.Money;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * An account as the caller of a command sees it.
 *
 * @param balance what is booked
 * @param available what can leave the account: balance and overdraft, without what is held
 */
record AccountAnswer(
        String accountId,
        long version,
        Status status,
        String owner,
        @Nullable String customerId,
        Amount balance,
        Amount available,
        Amount overdraftLimit) {

    @Schema(name = "AccountStatus")
    enum Status {
        OPEN,
        FROZEN,
        CLOSED
    }

    /**
     * Money as JSON has it.
     *
     * @param amount a decimal number with all the decimals of the currency, as in {@code 12.30}
     * @param currency an ISO 4217 code
     */
    record Amount(String amount, String currency) {

        static Amount of(Money money) {
            return new Amount(money.amount().toPlainString(), money.currency().code());
        }
    }

    /**
     * @throws IllegalStateException for an account that was not opened: there is nothing to tell
     */
    static AccountAnswer of(AccountId id, long version, Account state) {
        return switch (state) {
            case Account.NotOpened() -> throw new IllegalStateException(id + " was not opened");
            case Account.Open open -> of(id, version, Status.OPEN, open);
            case Account.Frozen(var account) -> of(id, version, Status.FROZEN, account);
            case Account.Closed(var owner, var customerId, var currency, _) ->
                    of(
                            id,
                            version,
                            Status.CLOSED,
                            new Account.Open(owner, customerId, Funds.none(currency)));
        };
    }

    private static AccountAnswer of(
            AccountId id, long version, Status status, Account.Open account) {
        var funds = account.funds();
        return new AccountAnswer(
                id.toString(),
                version,
                status,
                account.owner(),
                Objects.toString(account.customerId(), null),
                Amount.of(funds.balance()),
                Amount.of(funds.available()),
                Amount.of(funds.overdraftLimit()));
    }
}
