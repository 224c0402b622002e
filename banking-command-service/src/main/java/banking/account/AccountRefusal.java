package banking.account;

import banking.account.AccountCommand.CaptureHold;
import banking.account.AccountCommand.ChangeOverdraftLimit;
import banking.account.AccountCommand.CloseAccount;
import banking.account.AccountCommand.DepositMoney;
import banking.account.AccountCommand.FreezeAccount;
import banking.account.AccountCommand.PlaceHold;
import banking.account.AccountCommand.ReleaseHold;
import banking.account.AccountCommand.RequestTransfer;
import banking.account.AccountCommand.UnfreezeAccount;
import banking.account.AccountCommand.WithdrawMoney;
import banking.aggregate.Refusal;

/** Why an account refuses a command. */
public enum AccountRefusal implements Refusal {
    ACCOUNT_NOT_FOUND(404, "There is no such account"),
    HOLD_NOT_FOUND(404, "There is no such hold"),
    ACCOUNT_ALREADY_OPENED(409, "The account was opened before"),
    TRANSFER_END_TAKEN(409, "The transfer has come to its end before"),
    CURRENCY_MISMATCH(
            422,
            "The account is kept in another currency",
            DepositMoney.class,
            WithdrawMoney.class,
            ChangeOverdraftLimit.class,
            RequestTransfer.class,
            PlaceHold.class,
            CaptureHold.class),
    INSUFFICIENT_FUNDS(
            422,
            "The balance and the overdraft limit do not suffice",
            WithdrawMoney.class,
            RequestTransfer.class,
            PlaceHold.class),
    BALANCE_OUT_OF_BOUNDS(
            422,
            "The balance would exceed what can be held",
            DepositMoney.class,
            ChangeOverdraftLimit.class),
    ACCOUNT_FROZEN(
            422,
            "The account is frozen",
            DepositMoney.class,
            WithdrawMoney.class,
            FreezeAccount.class,
            ChangeOverdraftLimit.class,
            CloseAccount.class,
            RequestTransfer.class,
            PlaceHold.class,
            CaptureHold.class),
    ACCOUNT_NOT_FROZEN(422, "The account is not frozen", UnfreezeAccount.class),
    ACCOUNT_CLOSED(
            422,
            "The account is closed",
            DepositMoney.class,
            WithdrawMoney.class,
            FreezeAccount.class,
            UnfreezeAccount.class,
            ChangeOverdraftLimit.class,
            CloseAccount.class,
            RequestTransfer.class,
            PlaceHold.class,
            CaptureHold.class,
            ReleaseHold.class),
    BALANCE_NOT_ZERO(422, "The balance is not zero", CloseAccount.class),
    TRANSFERS_UNDER_WAY(
            422, "Transfers from the account have not come to their end", CloseAccount.class),
    HOLDS_OPEN(422, "Money of the account is held", CloseAccount.class),
    OVERDRAFT_IN_USE(
            422, "The balance is below the new overdraft limit", ChangeOverdraftLimit.class),
    SAME_ACCOUNT(422, "A transfer needs two accounts", RequestTransfer.class),
    TOO_MANY_TRANSFERS(
            422, "Too many transfers from the account are under way", RequestTransfer.class),
    TOO_MANY_HOLDS(422, "The account has too many holds", PlaceHold.class),
    HOLD_EXPIRED(422, "The hold has expired", CaptureHold.class),
    EXCEEDS_HOLD(422, "The amount is more than is held", CaptureHold.class),
    /** Never an answer: what is refused so waits for another to approve it. */
    LIMIT_EXCEEDED(422, "Another has to approve so much"),
    EXPIRY_OUT_OF_BOUNDS(422, "A hold expires in the future, within a year", PlaceHold.class);

    @SuppressWarnings("ImmutableEnumChecker") // Its list is, too.
    private final Terms terms;

    AccountRefusal(int status, String title, Class<?>... commands) {
        terms = Terms.of(status, title, commands);
    }

    @Override
    public Terms terms() {
        return terms;
    }

    @Override
    public boolean canBeApproved() {
        return this == LIMIT_EXCEEDED;
    }
}
