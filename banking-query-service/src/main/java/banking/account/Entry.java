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
import banking.events.AccountId;
import banking.events.Money;
import banking.events.TransferId;
import org.jspecify.annotations.Nullable;

/**
 * What an event that moves money adds to its account's statement.
 *
 * @param balance what the event left
 * @param counterparty the other account of a transfer
 */
public record Entry(
        EntryKind kind,
        Money amount,
        Money balance,
        @Nullable TransferId transferId,
        @Nullable AccountId counterparty,
        @Nullable String reference) {

    /**
     * @return null for an event that moves no money
     */
    static @Nullable Entry of(AccountEvent event) {
        return switch (event) {
            case MoneyDeposited(var amount, var balance, var reference) ->
                    cash(EntryKind.DEPOSIT, amount, balance, reference);
            case MoneyWithdrawn(var amount, var balance, var reference, _) ->
                    cash(EntryKind.WITHDRAWAL, amount, balance, reference);
            case HoldCaptured(_, var amount, _, var balance, var reference) ->
                    cash(EntryKind.HOLD_CAPTURE, amount, balance, reference);
            case TransferRequested(var id, var to, var amount, var balance, var reference, _) ->
                    new Entry(EntryKind.TRANSFER_OUT, amount, balance, id, to, reference);
            case TransferReceived(var id, var from, var amount, var balance, var reference) ->
                    new Entry(EntryKind.TRANSFER_IN, amount, balance, id, from, reference);
            case TransferRefunded(var id, var to, _, var amount, var balance, var reference) ->
                    new Entry(EntryKind.TRANSFER_REFUND, amount, balance, id, to, reference);
            case AccountOpened _,
                    AccountFrozen _,
                    AccountUnfrozen _,
                    OverdraftLimitChanged _,
                    AccountClosed _,
                    TransferCompleted _,
                    HoldPlaced _,
                    HoldReleased _,
                    HoldExpired _ ->
                    null;
        };
    }

    private static Entry cash(
            EntryKind kind, Money amount, Money balance, @Nullable String reference) {
        return new Entry(kind, amount, balance, null, null, reference);
    }
}
