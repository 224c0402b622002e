package banking.events;

import java.util.Currency;
import org.jspecify.annotations.Nullable;

/**
 * All that can happen to an account. Events that move money carry the balance that results, so that
 * whoever follows them assigns and never adds up.
 */
public sealed interface AccountEvent extends Event {

    /**
     * The first event of every account; its balance starts at zero.
     *
     * @param owner the account holder's name
     */
    record AccountOpened(String owner, Currency currency) implements AccountEvent {}

    /**
     * @param amount always positive
     * @param reference free text of the payer, at most 140 characters
     */
    record MoneyDeposited(Money amount, Money balance, @Nullable String reference)
            implements AccountEvent {}

    /**
     * @param amount always positive
     * @param reference free text of the payer, at most 140 characters
     */
    record MoneyWithdrawn(Money amount, Money balance, @Nullable String reference)
            implements AccountEvent {}

    /** From here on no money moves, in or out. */
    record AccountFrozen(@Nullable String reason) implements AccountEvent {}

    record AccountUnfrozen() implements AccountEvent {}

    /**
     * @param limit how far below zero the balance may go; never negative
     */
    record OverdraftLimitChanged(Money limit) implements AccountEvent {}

    /** The last event of an account; its balance is zero. */
    record AccountClosed() implements AccountEvent {}
}
