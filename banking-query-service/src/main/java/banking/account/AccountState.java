package banking.account;

import banking.events.AccountEvent;
import banking.events.AccountEvent.AccountClosed;
import banking.events.AccountEvent.AccountFrozen;
import banking.events.AccountEvent.AccountOpened;
import banking.events.AccountEvent.AccountUnfrozen;
import banking.events.AccountEvent.MoneyDeposited;
import banking.events.AccountEvent.MoneyWithdrawn;
import banking.events.AccountEvent.OverdraftLimitChanged;
import banking.events.Envelope;
import banking.events.Event;
import banking.events.Money;
import banking.events.StreamId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An account as its events have left it, on the way into its view. */
record AccountState(
        StreamId id,
        long version,
        AccountStatus status,
        String owner,
        Money balance,
        Money overdraftLimit,
        Instant openedAt,
        Instant updatedAt) {

    /** The account after its next event; {@code before} is null for the first one. */
    static AccountState after(@Nullable AccountState before, Envelope<Event> envelope) {
        if (!(envelope.event() instanceof AccountEvent event)) {
            throw new IllegalStateException("not an account's event");
        }
        return before == null ? opened(event, envelope) : before.then(event, envelope);
    }

    private static AccountState opened(AccountEvent event, Envelope<Event> envelope) {
        if (!(event instanceof AccountOpened(var owner, var currency))) {
            throw new IllegalStateException("the account was never opened");
        }
        var zero = Money.zero(currency);
        return new AccountState(
                envelope.streamId(),
                envelope.version(),
                AccountStatus.OPEN,
                owner,
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
            case MoneyWithdrawn(_, var sum, _) -> next.with(sum);
            case AccountFrozen _ -> next.with(AccountStatus.FROZEN);
            case AccountUnfrozen _ -> next.with(AccountStatus.OPEN);
            case OverdraftLimitChanged(var limit) -> next.withOverdraftLimit(limit);
            case AccountClosed _ -> next.with(AccountStatus.CLOSED);
        };
    }

    /**
     * The clocks of the command service's processes may differ a little; within an account time
     * never runs backwards, so that an instant always finds one version.
     */
    private AccountState at(long nextVersion, Instant occurredAt) {
        var later = occurredAt.isBefore(updatedAt) ? updatedAt : occurredAt;
        return new AccountState(
                id, nextVersion, status, owner, balance, overdraftLimit, openedAt, later);
    }

    private AccountState with(Money nextBalance) {
        return new AccountState(
                id, version, status, owner, nextBalance, overdraftLimit, openedAt, updatedAt);
    }

    private AccountState with(AccountStatus nextStatus) {
        return new AccountState(
                id, version, nextStatus, owner, balance, overdraftLimit, openedAt, updatedAt);
    }

    private AccountState withOverdraftLimit(Money limit) {
        return new AccountState(id, version, status, owner, balance, limit, openedAt, updatedAt);
    }
}
