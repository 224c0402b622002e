package banking.account;

import banking.events.AccountEvent;
import banking.events.AccountEvent.AccountClosed;
import banking.events.AccountEvent.AccountFrozen;
import banking.events.AccountEvent.AccountOpened;
import banking.events.AccountEvent.AccountUnfrozen;
import banking.events.AccountEvent.HoldCaptured;
import banking.events.AccountEvent.HoldExpired;
import banking.events.AccountEvent.HoldPlaced;
import banking.events.AccountEvent.HoldReleased;
import banking.events.AccountEvent.MoneyDeposited;
import banking.events.AccountEvent.MoneyWithdrawn;
import banking.events.AccountEvent.OverdraftLimitChanged;
import banking.events.AccountEvent.TransferCompleted;
import banking.events.AccountEvent.TransferReceived;
import banking.events.AccountEvent.TransferRefunded;
import banking.events.AccountEvent.TransferRequested;
import banking.events.HoldId;
import banking.events.Money;
import banking.events.StreamId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A hold as its account's events have left it, on the way into its view.
 *
 * @param captured what has left the account of it; zero unless it was captured
 * @param settledAt when it ended; null while it is open
 */
record HoldState(
        HoldId id,
        StreamId account,
        Money amount,
        Money captured,
        HoldStatus status,
        Instant expiresAt,
        @Nullable String reference,
        Instant placedAt,
        @Nullable Instant settledAt) {

    static HoldState placed(
            HoldId id,
            StreamId account,
            Money amount,
            Instant expiresAt,
            @Nullable String reference,
            Instant at) {
        return new HoldState(
                id,
                account,
                amount,
                Money.zero(amount.currency()),
                HoldStatus.OPEN,
                expiresAt,
                reference,
                at,
                null);
    }

    private HoldState settled(HoldStatus how, Money taken, Instant at) {
        return new HoldState(id, account, amount, taken, how, expiresAt, reference, placedAt, at);
    }

    private HoldState settled(HoldStatus how, Instant at) {
        return settled(how, captured, at);
    }

    static @Nullable HoldState changed(
            AccountState before, AccountState after, AccountEvent event) {
        var at = after.updatedAt();
        return switch (event) {
            case HoldPlaced placed -> after.hold(placed.holdId());
            case HoldCaptured(var id, var taken, _) ->
                    before.hold(id).settled(HoldStatus.CAPTURED, taken, at);
            case HoldReleased(var id) -> before.hold(id).settled(HoldStatus.RELEASED, at);
            case HoldExpired(var id) -> before.hold(id).settled(HoldStatus.EXPIRED, at);
            case AccountOpened _,
                    MoneyDeposited _,
                    MoneyWithdrawn _,
                    AccountFrozen _,
                    AccountUnfrozen _,
                    OverdraftLimitChanged _,
                    AccountClosed _,
                    TransferRequested _,
                    TransferReceived _,
                    TransferCompleted _,
                    TransferRefunded _ ->
                    null;
        };
    }
}
