package banking.account;

import static banking.account.AccountRefusal.ACCOUNT_ALREADY_OPENED;
import static banking.account.AccountRefusal.ACCOUNT_CLOSED;
import static banking.account.AccountRefusal.ACCOUNT_FROZEN;
import static banking.account.AccountRefusal.ACCOUNT_NOT_FOUND;
import static banking.account.AccountRefusal.ACCOUNT_NOT_FROZEN;
import static banking.account.AccountRefusal.BALANCE_NOT_ZERO;
import static banking.account.AccountRefusal.CURRENCY_MISMATCH;
import static banking.account.AccountRefusal.HOLDS_OPEN;
import static banking.account.AccountRefusal.TRANSFERS_UNDER_WAY;
import static banking.aggregate.Decision.accept;
import static banking.aggregate.Decision.reject;

import banking.account.AccountCommand.CaptureHold;
import banking.account.AccountCommand.ChangeOverdraftLimit;
import banking.account.AccountCommand.CloseAccount;
import banking.account.AccountCommand.CompleteTransfer;
import banking.account.AccountCommand.DepositMoney;
import banking.account.AccountCommand.ExpireHold;
import banking.account.AccountCommand.FreezeAccount;
import banking.account.AccountCommand.OpenAccount;
import banking.account.AccountCommand.PlaceHold;
import banking.account.AccountCommand.ReceiveTransfer;
import banking.account.AccountCommand.RefundTransfer;
import banking.account.AccountCommand.ReleaseHold;
import banking.account.AccountCommand.RequestTransfer;
import banking.account.AccountCommand.UnfreezeAccount;
import banking.account.AccountCommand.WithdrawMoney;
import banking.account.Funds.Hold;
import banking.account.Funds.Outgoing;
import banking.aggregate.Decision;
import banking.aggregate.Due;
import banking.aggregate.Due.SetBy;
import banking.aggregate.NameBasedId;
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
import banking.events.AggregateId;
import banking.events.CommandId;
import banking.events.Currency;
import banking.events.CustomerId;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * An account: what it makes of a command, and what an event makes of it. {@link Funds} has the
 * rules of its money; a closed account holds nothing and takes nothing.
 */
sealed interface Account {

    record NotOpened() implements Account {}

    /**
     * @param customerId the customer whose account it is; null for one that belongs to none
     */
    record Open(String owner, @Nullable CustomerId customerId, Funds funds) implements Account {

        private Open with(Funds changed) {
            return new Open(owner, customerId, changed);
        }
    }

    /**
     * No money moves, in or out, until it is unfrozen; but a transfer that was paid before comes to
     * its end, and holds do.
     */
    record Frozen(Open account) implements Account {}

    record Closed(
            String owner, @Nullable CustomerId customerId, Currency currency, Turnover turnover)
            implements Account {}

    static List<AggregateId<?>> references(AccountCommand command) {
        return command instanceof OpenAccount open && open.customerId() != null
                ? List.of(open.customerId())
                : List.of();
    }

    /** Whose account it is; null for one that is no customer's, or not there. */
    static @Nullable CustomerId customer(Account state) {
        return switch (state) {
            case NotOpened() -> null;
            case Open(_, var customer, _) -> customer;
            case Frozen(var account) -> account.customerId;
            case Closed(_, var customer, _, _) -> customer;
        };
    }

    /** What tells whose it is, by the name that answers have for it. */
    static Map<String, String> personal(Account state) {
        return switch (state) {
            case NotOpened() -> Map.of();
            case Open(var owner, _, _) -> Map.of("owner", owner);
            case Frozen(var account) -> Map.of("owner", account.owner);
            case Closed(var owner, _, _, _) -> Map.of("owner", owner);
        };
    }

    /** The hold that expires first. */
    static @Nullable Due<AccountCommand> due(Account state) {
        return switch (state) {
            case Open(_, _, var funds) -> due(funds);
            case Frozen(var account) -> due(account.funds);
            case NotOpened _, Closed _ -> null;
        };
    }

    private static @Nullable Due<AccountCommand> due(Funds funds) {
        return funds.holds().stream()
                .min(Comparator.comparing(Hold::expiresAt))
                .map(
                        hold ->
                                new Due<AccountCommand>(
                                        hold.expiresAt(),
                                        new CommandId(NameBasedId.of("expire/" + hold.id())),
                                        new ExpireHold(hold.id()),
                                        new SetBy(
                                                HoldPlaced.class,
                                                new CommandId(hold.id().value()))))
                .orElse(null);
    }

    static Decision<AccountEvent> decide(Account state, AccountCommand command) {
        return switch (state) {
            case NotOpened() ->
                    command instanceof OpenAccount open
                            ? open(open)
                            : reject(ACCOUNT_NOT_FOUND, "There is no such account.");
            case Open open -> decideOpen(open, command);
            case Frozen frozen -> decideFrozen(frozen, command);
            case Closed _ -> decideClosed(command);
        };
    }

    private static Decision<AccountEvent> open(OpenAccount command) {
        var opened = new AccountOpened(command.owner(), command.currency(), command.customerId());
        var deposit = command.openingDeposit();
        if (deposit == null) {
            return accept(opened);
        }
        return deposit.currency().equals(command.currency())
                ? accept(opened, new MoneyDeposited(deposit, deposit, "Opening deposit"))
                : reject(
                        CURRENCY_MISMATCH,
                        "The account is kept in " + command.currency().code() + ".");
    }

    private static Decision<AccountEvent> decideOpen(Open account, AccountCommand command) {
        var funds = account.funds;
        return switch (command) {
            case OpenAccount _ -> alreadyOpened();
            case DepositMoney(var amount, var reference) -> funds.deposit(amount, reference);
            case WithdrawMoney withdrawal -> funds.withdraw(withdrawal);
            case FreezeAccount(var reason) -> accept(new AccountFrozen(reason));
            case UnfreezeAccount() -> reject(ACCOUNT_NOT_FROZEN, "The account is not frozen.");
            case ChangeOverdraftLimit(var limit) -> funds.changeOverdraftLimit(limit);
            case CloseAccount() -> close(funds);
            case RequestTransfer request -> funds.request(request);
            case ReceiveTransfer receive -> funds.receive(receive);
            case CompleteTransfer(var transfer) -> funds.complete(transfer);
            case RefundTransfer(var transfer, var reason) -> funds.refund(transfer, reason);
            case PlaceHold place -> funds.place(place);
            case CaptureHold capture -> funds.capture(capture);
            case ReleaseHold(var hold) ->
                    funds.end(hold, h -> new HoldReleased(hold, h.amount(), h.reference()));
            case ExpireHold(var hold) ->
                    funds.end(hold, h -> new HoldExpired(hold, h.amount(), h.reference()));
        };
    }

    private static Decision<AccountEvent> decideFrozen(Frozen frozen, AccountCommand command) {
        return switch (command) {
            case UnfreezeAccount() -> accept(new AccountUnfrozen());
            case OpenAccount _ -> alreadyOpened();
            case CompleteTransfer _, RefundTransfer _, ReleaseHold _, ExpireHold _ ->
                    decideOpen(frozen.account, command);
            case DepositMoney _,
                    WithdrawMoney _,
                    FreezeAccount _,
                    ChangeOverdraftLimit _,
                    CloseAccount _,
                    RequestTransfer _,
                    ReceiveTransfer _,
                    PlaceHold _,
                    CaptureHold _ ->
                    reject(ACCOUNT_FROZEN, "The account is frozen.");
        };
    }

    /** Its transfers have all come to their ends, or it could not have been closed. */
    private static Decision<AccountEvent> decideClosed(AccountCommand command) {
        return switch (command) {
            case OpenAccount _ -> alreadyOpened();
            case CompleteTransfer _, RefundTransfer _ -> accept();
            case DepositMoney _,
                    WithdrawMoney _,
                    FreezeAccount _,
                    UnfreezeAccount _,
                    ChangeOverdraftLimit _,
                    CloseAccount _,
                    RequestTransfer _,
                    ReceiveTransfer _,
                    PlaceHold _,
                    CaptureHold _,
                    ReleaseHold _,
                    ExpireHold _ ->
                    reject(ACCOUNT_CLOSED, "The account is closed.");
        };
    }

    private static Decision<AccountEvent> close(Funds funds) {
        if (funds.balance().minorUnits() != 0) {
            return reject(BALANCE_NOT_ZERO, "The balance is " + funds.balance() + ".");
        }
        if (!funds.inTransit().isEmpty()) {
            return reject(
                    TRANSFERS_UNDER_WAY,
                    funds.inTransit().size() + " transfers may still come back.");
        }
        return funds.holds().isEmpty()
                ? accept(new AccountClosed())
                : reject(HOLDS_OPEN, funds.held() + " is held.");
    }

    private static Decision<AccountEvent> alreadyOpened() {
        return reject(ACCOUNT_ALREADY_OPENED, "The account was opened before.");
    }

    /**
     * @throws IllegalStateException when the event cannot follow, so the journal is broken
     */
    static Account evolve(Account state, AccountEvent event) {
        return switch (event) {
            case AccountOpened(var owner, var currency, var customerId) ->
                    new Open(owner, customerId, Funds.none(currency));
            case MoneyDeposited(var amount, var balance, _) ->
                    moved(state, f -> f.paidIn(amount, balance));
            case MoneyWithdrawn(var amount, var balance, _, var day) ->
                    moved(state, f -> f.paidIn(amount.negated(), balance).counted(amount, day));
            case AccountFrozen(_) -> new Frozen(opened(state));
            case AccountUnfrozen() -> opened(state);
            case OverdraftLimitChanged(var limit) -> moved(state, f -> f.withOverdraftLimit(limit));
            case AccountClosed() -> closed(opened(state));
            case TransferRequested(
                            var id,
                            var to,
                            var amount,
                            var balance,
                            var reference,
                            var day) ->
                    moved(
                            state,
                            f ->
                                    f.sent(new Outgoing(id, to, amount, reference), balance)
                                            .counted(amount, day));
            case TransferReceived(_, _, var amount, var balance, _) ->
                    moved(state, f -> f.received(amount, balance));
            case TransferCompleted(var id) -> moved(state, f -> f.without(id));
            case TransferRefunded(var id, _, _, var amount, var balance, _) ->
                    moved(state, f -> f.takenBack(id, amount, balance));
            case HoldPlaced(var id, var amount, var expiresAt, var reference, var day) ->
                    moved(
                            state,
                            f ->
                                    f.with(new Hold(id, amount, expiresAt, reference))
                                            .counted(amount, day));
            case HoldCaptured(var id, var amount, _, var balance, _) ->
                    moved(state, f -> f.paidIn(amount.negated(), balance).without(id));
            case HoldReleased(var id, _, _) -> moved(state, f -> f.without(id));
            case HoldExpired(var id, _, _) -> moved(state, f -> f.without(id));
        };
    }

    private static Account moved(Account state, UnaryOperator<Funds> change) {
        var account = opened(state);
        var changed = account.with(change.apply(account.funds));
        return state instanceof Frozen ? new Frozen(changed) : changed;
    }

    private static Closed closed(Open account) {
        var funds = account.funds;
        return new Closed(account.owner, account.customerId, funds.currency(), funds.turnover());
    }

    private static Open opened(Account state) {
        return switch (state) {
            case Open open -> open;
            case Frozen(var account) -> account;
            case NotOpened _, Closed _ ->
                    throw new IllegalStateException("an event that cannot follow " + state);
        };
    }
}
