package banking.account;

import static banking.pipeline.Decision.accept;
import static banking.pipeline.Decision.reject;

import banking.account.AccountCommand.ChangeOverdraftLimit;
import banking.account.AccountCommand.CloseAccount;
import banking.account.AccountCommand.DepositMoney;
import banking.account.AccountCommand.FreezeAccount;
import banking.account.AccountCommand.OpenAccount;
import banking.account.AccountCommand.UnfreezeAccount;
import banking.account.AccountCommand.WithdrawMoney;
import banking.events.AccountEvent;
import banking.events.AccountEvent.AccountClosed;
import banking.events.AccountEvent.AccountFrozen;
import banking.events.AccountEvent.AccountOpened;
import banking.events.AccountEvent.AccountUnfrozen;
import banking.events.AccountEvent.MoneyDeposited;
import banking.events.AccountEvent.MoneyWithdrawn;
import banking.events.AccountEvent.OverdraftLimitChanged;
import banking.events.Money;
import banking.pipeline.Decision;
import java.util.Currency;

/**
 * An account: what it makes of a command, and what an event makes of it. The balance never falls
 * below the overdraft limit, and a closed account holds nothing and takes nothing.
 */
sealed interface Account {

    record NotOpened() implements Account {}

    /**
     * @param overdraftLimit how far below zero the balance may go; never negative
     */
    record Open(String owner, Money balance, Money overdraftLimit) implements Account {

        private Open with(Money balance) {
            return new Open(owner, balance, overdraftLimit);
        }
    }

    /** No money moves, in or out, until it is unfrozen. */
    record Frozen(Open account) implements Account {}

    record Closed(String owner, Currency currency) implements Account {}

    static Decision<AccountEvent> decide(Account state, AccountCommand command) {
        return switch (state) {
            case NotOpened() ->
                    command instanceof OpenAccount open
                            ? open(open)
                            : reject("account-not-found", "There is no such account.");
            case Open open -> decideOpen(open, command);
            case Frozen frozen ->
                    switch (command) {
                        case UnfreezeAccount() -> accept(new AccountUnfrozen());
                        case OpenAccount open -> alreadyOpened();
                        case DepositMoney deposit -> frozen();
                        case WithdrawMoney withdraw -> frozen();
                        case FreezeAccount freeze -> frozen();
                        case ChangeOverdraftLimit change -> frozen();
                        case CloseAccount close -> frozen();
                    };
            case Closed closed ->
                    command instanceof OpenAccount
                            ? alreadyOpened()
                            : reject("account-closed", "The account is closed.");
        };
    }

    private static Decision<AccountEvent> decideOpen(Open account, AccountCommand command) {
        return switch (command) {
            case OpenAccount open -> alreadyOpened();
            case DepositMoney deposit -> deposit(account, deposit);
            case WithdrawMoney withdraw -> withdraw(account, withdraw);
            case FreezeAccount freeze -> accept(new AccountFrozen(freeze.reason()));
            case UnfreezeAccount() -> reject("account-not-frozen", "The account is not frozen.");
            case ChangeOverdraftLimit change -> changeOverdraftLimit(account, change.limit());
            case CloseAccount() -> close(account);
        };
    }

    private static Decision<AccountEvent> open(OpenAccount command) {
        var opened = new AccountOpened(command.owner(), command.currency());
        var deposit = command.openingDeposit();
        if (deposit == null) {
            return accept(opened);
        }
        return deposit.currency().equals(command.currency())
                ? accept(opened, new MoneyDeposited(deposit, deposit, "Opening deposit"))
                : otherCurrency(command.currency());
    }

    private static Decision<AccountEvent> deposit(Open account, DepositMoney command) {
        var amount = command.amount();
        if (!inCurrencyOf(account, amount)) {
            return otherCurrency(account.balance.currency());
        }
        if (amount.minorUnits() > Money.MAX_MINOR_UNITS - account.balance.minorUnits()) {
            return reject("balance-out-of-bounds", "The balance would exceed what can be held.");
        }
        return accept(
                new MoneyDeposited(amount, account.balance.plus(amount), command.reference()));
    }

    private static Decision<AccountEvent> withdraw(Open account, WithdrawMoney command) {
        var amount = command.amount();
        if (!inCurrencyOf(account, amount)) {
            return otherCurrency(account.balance.currency());
        }
        var available = account.balance.minorUnits() + account.overdraftLimit.minorUnits();
        return available < amount.minorUnits()
                ? reject(
                        "insufficient-funds",
                        "Only " + new Money(available, amount.currency()) + " is available.")
                : accept(
                        new MoneyWithdrawn(
                                amount, account.balance.minus(amount), command.reference()));
    }

    private static Decision<AccountEvent> changeOverdraftLimit(Open account, Money limit) {
        if (!inCurrencyOf(account, limit)) {
            return otherCurrency(account.balance.currency());
        }
        if (account.balance.lessThan(limit.negated())) {
            return reject("overdraft-in-use", "The balance is " + account.balance + ".");
        }
        return limit.equals(account.overdraftLimit)
                ? accept()
                : accept(new OverdraftLimitChanged(limit));
    }

    private static Decision<AccountEvent> close(Open account) {
        return account.balance.minorUnits() == 0
                ? accept(new AccountClosed())
                : reject("balance-not-zero", "The balance is " + account.balance + ".");
    }

    private static boolean inCurrencyOf(Open account, Money money) {
        return money.currency().equals(account.balance.currency());
    }

    private static Decision<AccountEvent> otherCurrency(Currency currency) {
        return reject(
                "currency-mismatch", "The account is kept in " + currency.getCurrencyCode() + ".");
    }

    private static Decision<AccountEvent> frozen() {
        return reject("account-frozen", "The account is frozen.");
    }

    private static Decision<AccountEvent> alreadyOpened() {
        return reject("account-already-opened", "The account was opened before.");
    }

    /**
     * @throws IllegalStateException when the event cannot follow, so the journal is broken
     */
    static Account evolve(Account state, AccountEvent event) {
        return switch (event) {
            case AccountOpened(var owner, var currency) ->
                    new Open(owner, Money.zero(currency), Money.zero(currency));
            case MoneyDeposited(_, var balance, _) -> opened(state).with(balance);
            case MoneyWithdrawn(_, var balance, _) -> opened(state).with(balance);
            case AccountFrozen(_) -> new Frozen(opened(state));
            case AccountUnfrozen() -> {
                if (state instanceof Frozen(var account)) {
                    yield account;
                }
                throw broken(state);
            }
            case OverdraftLimitChanged(var limit) ->
                    new Open(opened(state).owner, opened(state).balance, limit);
            case AccountClosed() ->
                    new Closed(opened(state).owner, opened(state).balance.currency());
        };
    }

    private static Open opened(Account state) {
        if (state instanceof Open open) {
            return open;
        }
        throw broken(state);
    }

    private static IllegalStateException broken(Account state) {
        return new IllegalStateException("an event that cannot follow " + state);
    }
}
