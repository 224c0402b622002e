package banking.account;

import banking.events.Money;
import java.util.Currency;
import org.jspecify.annotations.Nullable;

/**
 * All that can be asked of an account. Amounts are positive, the overdraft limit is not negative.
 */
sealed interface AccountCommand {

    record OpenAccount(String owner, Currency currency, @Nullable Money openingDeposit)
            implements AccountCommand {}

    record DepositMoney(Money amount, @Nullable String reference) implements AccountCommand {}

    record WithdrawMoney(Money amount, @Nullable String reference) implements AccountCommand {}

    record FreezeAccount(@Nullable String reason) implements AccountCommand {}

    record UnfreezeAccount() implements AccountCommand {}

    record ChangeOverdraftLimit(Money limit) implements AccountCommand {}

    record CloseAccount() implements AccountCommand {}
}
