package banking.account;

import banking.aggregate.Refusal;
import banking.events.AccountId;
import banking.events.Currency;
import banking.events.CustomerId;
import banking.events.HoldId;
import banking.events.Money;
import banking.events.TransferId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * All that can be asked of an account. Amounts are positive, the overdraft limit is not negative.
 */
public sealed interface AccountCommand {

    record OpenAccount(
            String owner,
            Currency currency,
            @Nullable CustomerId customerId,
            @Nullable Money openingDeposit)
            implements AccountCommand {}

    record DepositMoney(Money amount, @Nullable String reference) implements AccountCommand {}

    /**
     * @param limits what it counts against; null for none, as of a command that was approved
     */
    record WithdrawMoney(Money amount, @Nullable String reference, @Nullable Limits limits)
            implements AccountCommand {

        public WithdrawMoney(Money amount, @Nullable String reference) {
            this(amount, reference, null);
        }
    }

    record FreezeAccount(@Nullable String reason) implements AccountCommand {}

    record UnfreezeAccount() implements AccountCommand {}

    record ChangeOverdraftLimit(Money limit) implements AccountCommand {}

    record CloseAccount() implements AccountCommand {}

    /**
     * To the source of a transfer: pay it out.
     *
     * @param limits what it counts against; null for none, as of a command that was approved
     */
    record RequestTransfer(
            TransferId transferId,
            AccountId from,
            AccountId to,
            Money amount,
            @Nullable String reference,
            @Nullable Limits limits)
            implements AccountCommand {

        public RequestTransfer(
                TransferId transferId,
                AccountId from,
                AccountId to,
                Money amount,
                @Nullable String reference) {
            this(transferId, from, to, amount, reference, null);
        }
    }

    /** To the target of a transfer: take what its source has paid. */
    record ReceiveTransfer(
            TransferId transferId, AccountId from, Money amount, @Nullable String reference)
            implements AccountCommand {}

    /** To the source: the target has the money. */
    record CompleteTransfer(TransferId transferId) implements AccountCommand {}

    /**
     * To the source: take the money back.
     *
     * @param reason why the target refuses it
     */
    record RefundTransfer(TransferId transferId, Refusal reason) implements AccountCommand {}

    /**
     * @param at when it is asked for: the expiry lies behind it
     * @param limits what it counts against; null for none, as of a command that was approved
     */
    record PlaceHold(
            HoldId holdId,
            Money amount,
            Instant expiresAt,
            Instant at,
            @Nullable String reference,
            @Nullable Limits limits)
            implements AccountCommand {

        public PlaceHold(
                HoldId holdId,
                Money amount,
                Instant expiresAt,
                Instant at,
                @Nullable String reference) {
            this(holdId, amount, expiresAt, at, reference, null);
        }
    }

    /**
     * @param amount null for all that is held
     * @param at when it is asked for: an expired hold is not captured
     */
    record CaptureHold(HoldId holdId, @Nullable Money amount, Instant at)
            implements AccountCommand {}

    record ReleaseHold(HoldId holdId) implements AccountCommand {}

    /** Given by the bank itself, once the hold's time has come. */
    record ExpireHold(HoldId holdId) implements AccountCommand {}

    /** Whether an account can be asked this at all, whatever its state. */
    static boolean isSound(AccountCommand command) {
        return switch (command) {
            case OpenAccount open ->
                    !open.owner.isBlank()
                            && (open.openingDeposit == null || isPositive(open.openingDeposit));
            case DepositMoney(var amount, _) -> isPositive(amount);
            case WithdrawMoney(var amount, _, _) -> isPositive(amount);
            case ChangeOverdraftLimit(var limit) -> limit.minorUnits() >= 0;
            case RequestTransfer transfer -> isPositive(transfer.amount);
            case ReceiveTransfer transfer -> isPositive(transfer.amount);
            case PlaceHold hold -> isPositive(hold.amount);
            case CaptureHold(_, var amount, _) -> amount == null || isPositive(amount);
            case FreezeAccount _,
                    UnfreezeAccount _,
                    CloseAccount _,
                    CompleteTransfer _,
                    RefundTransfer _,
                    ReleaseHold _,
                    ExpireHold _ ->
                    true;
        };
    }

    /** As it is given once another has approved it: against no limit. */
    static AccountCommand approved(AccountCommand command) {
        return switch (command) {
            case WithdrawMoney(var amount, var reference, _) ->
                    new WithdrawMoney(amount, reference);
            case RequestTransfer(var id, var from, var to, var amount, var reference, _) ->
                    new RequestTransfer(id, from, to, amount, reference);
            case PlaceHold(var id, var amount, var expiresAt, var at, var reference, _) ->
                    new PlaceHold(id, amount, expiresAt, at, reference);
            case OpenAccount _,
                    DepositMoney _,
                    FreezeAccount _,
                    UnfreezeAccount _,
                    ChangeOverdraftLimit _,
                    CloseAccount _,
                    ReceiveTransfer _,
                    CompleteTransfer _,
                    RefundTransfer _,
                    CaptureHold _,
                    ReleaseHold _,
                    ExpireHold _ ->
                    command;
        };
    }

    /** What it moves, in or out; null for nothing. What is only held has not moved. */
    static @Nullable Money moved(AccountCommand command) {
        return switch (command) {
            case OpenAccount open -> open.openingDeposit;
            case DepositMoney(var amount, _) -> amount;
            case WithdrawMoney(var amount, _, _) -> amount;
            case RequestTransfer transfer -> transfer.amount;
            case FreezeAccount _,
                    UnfreezeAccount _,
                    ChangeOverdraftLimit _,
                    CloseAccount _,
                    ReceiveTransfer _,
                    CompleteTransfer _,
                    RefundTransfer _,
                    PlaceHold _,
                    CaptureHold _,
                    ReleaseHold _,
                    ExpireHold _ ->
                    null;
        };
    }

    private static boolean isPositive(Money amount) {
        return amount.minorUnits() > 0;
    }
}
