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
import banking.events.Envelope;
import banking.events.Event;
import banking.events.HoldId;
import banking.events.Money;
import banking.events.StreamId;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An account as its events have left it, on the way into its view.
 *
 * @param openHolds events that end a hold do not repeat its amount, so it is kept here until then
 */
record AccountState(
        StreamId id,
        long version,
        AccountStatus status,
        String owner,
        @Nullable StreamId customerId,
        Money balance,
        Money overdraftLimit,
        Map<HoldId, HoldState> openHolds,
        Instant openedAt,
        Instant updatedAt) {

    long heldMinor() {
        return openHolds.values().stream().mapToLong(hold -> hold.amount().minorUnits()).sum();
    }

    static AccountState after(@Nullable AccountState before, Envelope<Event> envelope) {
        if (!(envelope.event() instanceof AccountEvent event)) {
            throw new IllegalStateException("not an account's event");
        }
        return before == null ? opened(event, envelope) : before.then(event, envelope);
    }

    private static AccountState opened(AccountEvent event, Envelope<Event> envelope) {
        if (!(event instanceof AccountOpened(var owner, var currency, var customerId))) {
            throw new IllegalStateException("the account was never opened");
        }
        var zero = Money.zero(currency);
        return new AccountState(
                envelope.streamId(),
                envelope.version(),
                AccountStatus.OPEN,
                owner,
                customerId,
                zero,
                zero,
                Map.of(),
                envelope.occurredAt(),
                envelope.occurredAt());
    }

    private AccountState then(AccountEvent event, Envelope<Event> envelope) {
        var next = at(envelope.version(), envelope.occurredAt());
        return switch (event) {
            case AccountOpened _ -> throw new IllegalStateException("the account is open already");
            case MoneyDeposited(_, var sum, _) -> next.with(sum);
            case MoneyWithdrawn(_, var sum, _) -> next.with(sum);
            case AccountFrozen _ -> next.with(AccountStatus.FROZEN);
            case AccountUnfrozen _ -> next.with(AccountStatus.OPEN);
            case OverdraftLimitChanged(var limit) -> next.withOverdraftLimit(limit);
            case AccountClosed _ -> next.with(AccountStatus.CLOSED);
            case TransferRequested(_, _, _, var sum, _) -> next.with(sum);
            case TransferReceived(_, _, _, var sum, _) -> next.with(sum);
            case TransferCompleted _ -> next;
            case TransferRefunded(_, _, _, var sum) -> next.with(sum);
            case HoldPlaced(var hold, var amount, var expiresAt, var reference) ->
                    next.withHold(
                            HoldState.placed(
                                    hold, id, amount, expiresAt, reference, next.updatedAt));
            case HoldCaptured(var hold, _, var sum) -> next.withoutHold(hold).with(sum);
            case HoldReleased(var hold) -> next.withoutHold(hold);
            case HoldExpired(var hold) -> next.withoutHold(hold);
        };
    }

    HoldState hold(HoldId hold) {
        var open = openHolds.get(hold);
        if (open == null) {
            throw new IllegalStateException("there is no open hold " + hold);
        }
        return open;
    }

    /**
     * The clocks of the command service's processes may differ a little; within an account time
     * never runs backwards, so that an instant always finds one version.
     */
    private AccountState at(long nextVersion, Instant occurredAt) {
        var later = occurredAt.isBefore(updatedAt) ? updatedAt : occurredAt;
        return copy(nextVersion, status, balance, overdraftLimit, openHolds, later);
    }

    private AccountState with(Money nextBalance) {
        return copy(version, status, nextBalance, overdraftLimit, openHolds, updatedAt);
    }

    private AccountState with(AccountStatus nextStatus) {
        return copy(version, nextStatus, balance, overdraftLimit, openHolds, updatedAt);
    }

    private AccountState withOverdraftLimit(Money limit) {
        return copy(version, status, balance, limit, openHolds, updatedAt);
    }

    private AccountState withHold(HoldState hold) {
        if (openHolds.containsKey(hold.id())) {
            throw new IllegalStateException("there is an open hold " + hold.id() + " already");
        }
        var holds = new HashMap<>(openHolds);
        holds.put(hold.id(), hold);
        return with(holds);
    }

    private AccountState withoutHold(HoldId hold) {
        var holds = new HashMap<>(openHolds);
        holds.remove(hold(hold).id());
        return with(holds);
    }

    AccountState with(Map<HoldId, HoldState> holds) {
        return copy(version, status, balance, overdraftLimit, Map.copyOf(holds), updatedAt);
    }

    private AccountState copy(
            long version,
            AccountStatus status,
            Money balance,
            Money overdraftLimit,
            Map<HoldId, HoldState> openHolds,
            Instant updatedAt) {
        return new AccountState(
                id,
                version,
                status,
                owner,
                customerId,
                balance,
                overdraftLimit,
                openHolds,
                openedAt,
                updatedAt);
    }
}
