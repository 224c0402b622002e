package banking.account;

import static banking.account.AccountRefusal.BALANCE_OUT_OF_BOUNDS;
import static banking.account.AccountRefusal.CURRENCY_MISMATCH;
import static banking.account.AccountRefusal.EXCEEDS_HOLD;
import static banking.account.AccountRefusal.EXPIRY_OUT_OF_BOUNDS;
import static banking.account.AccountRefusal.HOLD_EXPIRED;
import static banking.account.AccountRefusal.HOLD_NOT_FOUND;
import static banking.account.AccountRefusal.INSUFFICIENT_FUNDS;
import static banking.account.AccountRefusal.LIMIT_EXCEEDED;
import static banking.account.AccountRefusal.OVERDRAFT_IN_USE;
import static banking.account.AccountRefusal.SAME_ACCOUNT;
import static banking.account.AccountRefusal.TOO_MANY_HOLDS;
import static banking.account.AccountRefusal.TOO_MANY_TRANSFERS;
import static banking.aggregate.Decision.accept;
import static banking.aggregate.Decision.reject;

import banking.account.AccountCommand.CaptureHold;
import banking.account.AccountCommand.PlaceHold;
import banking.account.AccountCommand.ReceiveTransfer;
import banking.account.AccountCommand.RequestTransfer;
import banking.account.AccountCommand.WithdrawMoney;
import banking.aggregate.Decision;
import banking.aggregate.Refusal;
import banking.events.AccountEvent;
import banking.events.AccountEvent.HoldCaptured;
import banking.events.AccountEvent.HoldPlaced;
import banking.events.AccountEvent.MoneyDeposited;
import banking.events.AccountEvent.MoneyWithdrawn;
import banking.events.AccountEvent.OverdraftLimitChanged;
import banking.events.AccountEvent.TransferCompleted;
import banking.events.AccountEvent.TransferReceived;
import banking.events.AccountEvent.TransferRefunded;
import banking.events.AccountEvent.TransferRequested;
import banking.events.AccountId;
import banking.events.Currency;
import banking.events.HoldId;
import banking.events.Money;
import banking.events.TransferId;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The money of an account, and the rules by which it moves.
 *
 * @param balance what is booked; never below the overdraft limit
 * @param overdraftLimit how far below zero the balance may go; never negative
 * @param holds what is set aside, oldest first
 * @param inTransit the transfers that were paid and have neither been completed nor refunded
 * @param turnover what has led to the balance
 * @param spent what counts against the account's limits; null where nothing does
 */
record Funds(
        Money balance,
        Money overdraftLimit,
        List<Hold> holds,
        List<Outgoing> inTransit,
        Turnover turnover,
        @Nullable Spent spent) {

    /** Bounds what every command on the account has to read and write. */
    static final int MAX_HOLDS = 100;

    static final int MAX_IN_TRANSIT = 1000;
    static final Duration LONGEST_HOLD = Duration.ofDays(366);

    record Hold(HoldId id, Money amount, Instant expiresAt, @Nullable String reference) {}

    record Outgoing(TransferId id, AccountId to, Money amount, @Nullable String reference) {}

    static Funds none(Currency currency) {
        var zero = Money.zero(currency);
        return new Funds(zero, zero, List.of(), List.of(), Turnover.NONE, null);
    }

    Currency currency() {
        return balance.currency();
    }

    Money held() {
        return sum(holds.stream().map(Hold::amount));
    }

    /** What can leave the account: the balance and the overdraft, without what is held. */
    Money available() {
        return balance.plus(overdraftLimit).minus(held());
    }

    private Money sum(Stream<Money> amounts) {
        return amounts.reduce(Money.zero(currency()), Money::plus);
    }

    Decision<AccountEvent> deposit(Money amount, @Nullable String reference) {
        return credit(amount, sum -> new MoneyDeposited(amount, sum, reference));
    }

    Decision<AccountEvent> withdraw(WithdrawMoney command) {
        var amount = command.amount();
        return debit(
                amount,
                command.limits(),
                (sum, day) -> new MoneyWithdrawn(amount, sum, command.reference(), day));
    }

    Decision<AccountEvent> changeOverdraftLimit(Money limit) {
        if (!limit.currency().equals(currency())) {
            return otherCurrency();
        }
        if (balance.minus(held()).lessThan(limit.negated())) {
            return reject(
                    OVERDRAFT_IN_USE, balance + " is booked, and " + held() + " of it is held.");
        }
        if (limit.minorUnits() > room() + overdraftLimit.minorUnits()) {
            return outOfBounds();
        }
        return limit.equals(overdraftLimit) ? accept() : accept(new OverdraftLimitChanged(limit));
    }

    Decision<AccountEvent> request(RequestTransfer command) {
        if (command.from().equals(command.to())) {
            return reject(SAME_ACCOUNT, "An account cannot pay itself.");
        }
        if (inTransit.size() == MAX_IN_TRANSIT) {
            return reject(TOO_MANY_TRANSFERS, MAX_IN_TRANSIT + " transfers are under way already.");
        }
        return debit(
                command.amount(),
                command.limits(),
                (sum, day) ->
                        new TransferRequested(
                                command.transferId(),
                                command.to(),
                                command.amount(),
                                sum,
                                command.reference(),
                                day));
    }

    Decision<AccountEvent> receive(ReceiveTransfer command) {
        return credit(
                command.amount(),
                sum ->
                        new TransferReceived(
                                command.transferId(),
                                command.from(),
                                command.amount(),
                                sum,
                                command.reference()));
    }

    /** Changes nothing where no such transfer is under way: it has reached its end. */
    Decision<AccountEvent> complete(TransferId transferId) {
        return outgoing(transferId)
                .<Decision<AccountEvent>>map(_ -> accept(new TransferCompleted(transferId)))
                .orElse(accept());
    }

    /** Changes nothing where no such transfer is under way: it has reached its end. */
    Decision<AccountEvent> refund(TransferId transferId, Refusal reason) {
        return outgoing(transferId)
                .<Decision<AccountEvent>>map(
                        transfer ->
                                accept(
                                        new TransferRefunded(
                                                transferId,
                                                transfer.to,
                                                reason.code(),
                                                transfer.amount,
                                                balance.plus(transfer.amount),
                                                transfer.reference)))
                .orElse(accept());
    }

    Decision<AccountEvent> place(PlaceHold command) {
        if (!command.expiresAt().isAfter(command.at())
                || command.expiresAt().isAfter(command.at().plus(LONGEST_HOLD))) {
            return reject(
                    EXPIRY_OUT_OF_BOUNDS,
                    "A hold expires within " + LONGEST_HOLD.toDays() + " days from now.");
        }
        if (holds.size() == MAX_HOLDS) {
            return reject(TOO_MANY_HOLDS, "The account has " + MAX_HOLDS + " holds already.");
        }
        return debit(
                command.amount(),
                command.limits(),
                (_, day) ->
                        new HoldPlaced(
                                command.holdId(),
                                command.amount(),
                                command.expiresAt(),
                                command.reference(),
                                day));
    }

    Decision<AccountEvent> capture(CaptureHold command) {
        var hold = hold(command.holdId());
        if (hold.isEmpty()) {
            return noSuchHold();
        }
        var held = hold.get().amount();
        var amount = command.amount() == null ? held : command.amount();
        if (!command.at().isBefore(hold.get().expiresAt())) {
            return reject(HOLD_EXPIRED, "The hold expired at " + hold.get().expiresAt() + ".");
        }
        if (!amount.currency().equals(currency())) {
            return otherCurrency();
        }
        return held.lessThan(amount)
                ? reject(EXCEEDS_HOLD, "Only " + held + " is held.")
                : accept(
                        new HoldCaptured(
                                command.holdId(),
                                amount,
                                held,
                                balance.minus(amount),
                                hold.get().reference()));
    }

    /** Ends a hold with an event, if there is one. */
    Decision<AccountEvent> end(HoldId holdId, Function<Hold, AccountEvent> event) {
        return hold(holdId)
                .<Decision<AccountEvent>>map(hold -> accept(event.apply(hold)))
                .orElse(noSuchHold());
    }

    private Decision<AccountEvent> credit(Money amount, Function<Money, AccountEvent> event) {
        if (!amount.currency().equals(currency())) {
            return otherCurrency();
        }
        return amount.minorUnits() > room()
                ? outOfBounds()
                : accept(event.apply(balance.plus(amount)));
    }

    /** Makes an event of the balance that is left, and of the day on which it counts. */
    @FunctionalInterface
    private interface Debit {
        AccountEvent event(Money sum, @Nullable LocalDate day);
    }

    private Decision<AccountEvent> debit(Money amount, @Nullable Limits limits, Debit debit) {
        if (!amount.currency().equals(currency())) {
            return otherCurrency();
        }
        if (available().lessThan(amount)) {
            return reject(INSUFFICIENT_FUNDS, "Only " + available() + " is available.");
        }
        var day = limits == null ? null : limits.today();
        if (limits != null && !isWithin(limits, amount)) {
            return reject(LIMIT_EXCEEDED, "It is above what may leave the account unapproved.");
        }
        return accept(debit.event(balance.minus(amount), day));
    }

    private boolean isWithin(Limits limits, Money amount) {
        return amount.minorUnits() <= limits.single()
                && spent(amount, limits.today()).isWithin(limits);
    }

    private Spent spent(Money amount, LocalDate day) {
        return spent == null
                ? Spent.first(day, amount.minorUnits())
                : spent.plus(day, amount.minorUnits());
    }

    /** After money has left, or is set aside, that counts on a day; null where it does not. */
    Funds counted(Money amount, @Nullable LocalDate day) {
        return day == null
                ? this
                : new Funds(
                        balance, overdraftLimit, holds, inTransit, turnover, spent(amount, day));
    }

    /** What can come in so that even with all that is in transit back it can be held. */
    private long room() {
        var inTransitUnits = inTransit.stream().mapToLong(o -> o.amount.minorUnits()).sum();
        return Money.MAX_MINOR_UNITS
                - balance.minorUnits()
                - overdraftLimit.minorUnits()
                - inTransitUnits;
    }

    private Optional<Hold> hold(HoldId id) {
        return holds.stream().filter(hold -> hold.id.equals(id)).findFirst();
    }

    private Optional<Outgoing> outgoing(TransferId id) {
        return inTransit.stream().filter(transfer -> transfer.id.equals(id)).findFirst();
    }

    private Decision<AccountEvent> otherCurrency() {
        return reject(CURRENCY_MISMATCH, "The account is kept in " + currency().code() + ".");
    }

    private static Decision<AccountEvent> outOfBounds() {
        return reject(BALANCE_OUT_OF_BOUNDS, "The balance would exceed what can be held.");
    }

    private static Decision<AccountEvent> noSuchHold() {
        return reject(HOLD_NOT_FOUND, "The account has no such hold, or it has ended.");
    }

    /** After money came from outside the bank, or left for there where the amount is negative. */
    Funds paidIn(Money amount, Money newBalance) {
        return with(newBalance, holds, inTransit, turnover.paidIn(amount));
    }

    Funds received(Money amount, Money newBalance) {
        return with(newBalance, holds, inTransit, turnover.received(amount));
    }

    Funds sent(Outgoing transfer, Money newBalance) {
        var all = Stream.concat(inTransit.stream(), Stream.of(transfer)).toList();
        return with(newBalance, holds, all, turnover.sent(transfer.amount));
    }

    Funds takenBack(TransferId id, Money amount, Money newBalance) {
        return with(newBalance, holds, inTransit, turnover.sent(amount.negated())).without(id);
    }

    Funds without(TransferId id) {
        var others = inTransit.stream().filter(transfer -> !transfer.id.equals(id)).toList();
        return with(balance, holds, others, turnover);
    }

    Funds withOverdraftLimit(Money newLimit) {
        return new Funds(balance, newLimit, holds, inTransit, turnover, spent);
    }

    Funds with(Hold hold) {
        var all = Stream.concat(holds.stream(), Stream.of(hold)).toList();
        return with(balance, all, inTransit, turnover);
    }

    Funds without(HoldId id) {
        var others = holds.stream().filter(hold -> !hold.id.equals(id)).toList();
        return with(balance, others, inTransit, turnover);
    }

    private Funds with(
            Money newBalance, List<Hold> holds, List<Outgoing> inTransit, Turnover turnover) {
        return new Funds(newBalance, overdraftLimit, holds, inTransit, turnover, spent);
    }
}
