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
import banking.events.CustomerId;
import banking.events.Envelope;
import banking.events.Event;
import banking.events.Money;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An account as its events have left it, on the way into its view. */
record AccountState(
        AccountId id,
        long version,
        AccountStatus status,
        String owner,
        @Nullable CustomerId customerId,
        Money balance,
        Money overdraftLimit,
        Money held,
        Instant openedAt,
        Instant updatedAt) {

    /** The account after its next event; {@code before} is null for the first one. */
    static AccountState after(
            @Nullable AccountState before, AccountId id, Envelope<Event> envelope) {
        if (!(envelope.event() instanceof AccountEvent event)) {
            throw new IllegalStateException("not an account's event");
        }
        return before == null ? opened(id, event, envelope) : before.then(event, envelope);
    }

    private static AccountState opened(AccountId id, AccountEvent event, Envelope<Event> envelope) {
        if (!(event instanceof AccountOpened(var owner, var currency, var customerId))) {
            throw new IllegalStateException("the account was never opened");
        }
        var zero = Money.zero(currency);
        return new AccountState(
                id,
                envelope.version(),
                AccountStatus.OPEN,
                owner,
                customerId,
                zero,
                zero,
                zero,
                envelope.occurredAt(),
                envelope.occurredAt());
    }

    private AccountState then(AccountEvent event, Envelope<Event> envelope) {
        var next = at(envelope.version(), envelope.occurredAt());
        return switch (event) {
            case AccountOpened _ -> throw new IllegalStateException("the account is open already");
            case MoneyDeposited(_, var sum, _) -> next.with(sum);
            case MoneyWithdrawn(_, var sum, _, _) -> next.with(sum);
            case AccountFrozen _ -> next.with(AccountStatus.FROZEN);
            case AccountUnfrozen _ -> next.with(AccountStatus.OPEN);
            case OverdraftLimitChanged(var limit) -> next.withOverdraftLimit(limit);
            case AccountClosed _ -> next.with(AccountStatus.CLOSED);
            case TransferRequested(_, _, _, var sum, _, _) -> next.with(sum);
            case TransferReceived(_, _, _, var sum, _) -> next.with(sum);
            case TransferCompleted _ -> next;
            case TransferRefunded(_, _, _, _, var sum, _) -> next.with(sum);
            case HoldPlaced(_, var amount, _, _, _) -> next.withHeld(held.plus(amount));
            case HoldCaptured(_, _, var amount, var sum, _) ->
                    next.withHeld(held.minus(amount)).with(sum);
            case HoldReleased(_, var amount, _) -> next.withHeld(held.minus(amount));
            case HoldExpired(_, var amount, _) -> next.withHeld(held.minus(amount));
        };
    }

    /**
     * The clocks of the command service's processes may differ a little; within an account time
     * never runs backwards, so that an instant always finds one version.
     */
    private AccountState at(long nextVersion, Instant occurredAt) {
        var later = occurredAt.isBefore(updatedAt) ? updatedAt : occurredAt;
        return copy(nextVersion, status, balance, overdraftLimit, held, later);
    }

    private AccountState with(Money nextBalance) {
        return copy(version, status, nextBalance, overdraftLimit, held, updatedAt);
    }

    private AccountState with(AccountStatus nextStatus) {
        return copy(version, nextStatus, balance, overdraftLimit, held, updatedAt);
    }

    private AccountState withOverdraftLimit(Money limit) {
        return copy(version, status, balance, limit, held, updatedAt);
    }

    private AccountState withHeld(Money sum) {
        if (sum.minorUnits() < 0) {
            throw new IllegalStateException("more is released than was held");
        }
        return copy(version, status, balance, overdraftLimit, sum, updatedAt);
    }

    private AccountState copy(
            long version,
            AccountStatus status,
            Money balance,
            Money overdraftLimit,
            Money held,
            Instant updatedAt) {
        return new AccountState(
                id,
                version,
                status,
                owner,
                customerId,
                balance,
                overdraftLimit,
                held,
                openedAt,
                updatedAt);
    }
}
