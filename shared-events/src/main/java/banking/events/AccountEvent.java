package banking.events;

import static com.fasterxml.jackson.annotation.Nulls.SET;

import com.fasterxml.jackson.annotation.JsonSetter;
import java.time.Instant;
import java.time.LocalDate;
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
     * @param customerId the customer whose account it is; null for one that belongs to none
     */
    record AccountOpened(
            String owner,
            Currency currency,
            @JsonSetter(nulls = SET) @Nullable CustomerId customerId)
            implements AccountEvent {}

    /**
     * @param amount always positive
     * @param reference free text of the payer, at most 140 characters
     */
    record MoneyDeposited(
            Money amount, Money balance, @JsonSetter(nulls = SET) @Nullable String reference)
            implements AccountEvent {}

    /**
     * @param amount always positive
     * @param reference free text of the payer, at most 140 characters
     * @param countedOn the day on which it counts against the account's limits; null for none
     */
    record MoneyWithdrawn(
            Money amount,
            Money balance,
            @JsonSetter(nulls = SET) @Nullable String reference,
            @JsonSetter(nulls = SET) @Nullable LocalDate countedOn)
            implements AccountEvent {

        /** One that counts against no limit. */
        public MoneyWithdrawn(Money amount, Money balance, @Nullable String reference) {
            this(amount, balance, reference, null);
        }
    }

    /** From here on no money moves, in or out. */
    record AccountFrozen(@JsonSetter(nulls = SET) @Nullable String reason)
            implements AccountEvent {}

    record AccountUnfrozen() implements AccountEvent {}

    /**
     * @param limit how far below zero the balance may go; never negative
     */
    record OverdraftLimitChanged(Money limit) implements AccountEvent {}

    /** The last event of an account; its balance is zero. */
    record AccountClosed() implements AccountEvent {}

    /**
     * The source of a transfer has been debited. The money is in transit until the transfer is
     * completed or refunded; exactly one of the two follows.
     *
     * @param to the account that is to be credited; it may turn out not to take the money
     * @param amount always positive
     * @param reference free text of the payer, at most 140 characters
     * @param countedOn the day on which it counts against the account's limits; null for none
     */
    record TransferRequested(
            TransferId transferId,
            AccountId to,
            Money amount,
            Money balance,
            @JsonSetter(nulls = SET) @Nullable String reference,
            @JsonSetter(nulls = SET) @Nullable LocalDate countedOn)
            implements AccountEvent {

        /** One that counts against no limit. */
        public TransferRequested(
                TransferId transferId,
                AccountId to,
                Money amount,
                Money balance,
                @Nullable String reference) {
            this(transferId, to, amount, balance, reference, null);
        }
    }

    /**
     * The target of a transfer has been credited.
     *
     * @param from the account that was debited
     * @param amount always positive
     * @param reference free text of the payer, at most 140 characters
     */
    record TransferReceived(
            TransferId transferId,
            AccountId from,
            Money amount,
            Money balance,
            @JsonSetter(nulls = SET) @Nullable String reference)
            implements AccountEvent {}

    /** On the source: the target has the money. */
    record TransferCompleted(TransferId transferId) implements AccountEvent {}

    /**
     * On the source: the target did not take the money, so it is back.
     *
     * @param to the account that did not take it
     * @param reason the stable code of the target's refusal, as in {@code account-closed}
     * @param amount always positive
     * @param reference the transfer's
     */
    record TransferRefunded(
            TransferId transferId,
            AccountId to,
            String reason,
            Money amount,
            Money balance,
            @JsonSetter(nulls = SET) @Nullable String reference)
            implements AccountEvent {}

    /**
     * An amount is set aside; it is still part of the balance, but no longer available.
     *
     * @param amount always positive
     * @param expiresAt when it becomes available again by itself
     * @param reference free text, at most 140 characters
     * @param countedOn the day on which it counts against the account's limits; null for none
     */
    record HoldPlaced(
            HoldId holdId,
            Money amount,
            Instant expiresAt,
            @JsonSetter(nulls = SET) @Nullable String reference,
            @JsonSetter(nulls = SET) @Nullable LocalDate countedOn)
            implements AccountEvent {

        /** One that counts against no limit. */
        public HoldPlaced(
                HoldId holdId, Money amount, Instant expiresAt, @Nullable String reference) {
            this(holdId, amount, expiresAt, reference, null);
        }
    }

    /**
     * Money that was held has left the account; what was held beyond it is available again.
     *
     * @param amount positive, and at most the amount that was held
     * @param held what the hold had set aside
     * @param reference the hold's
     */
    record HoldCaptured(
            HoldId holdId,
            Money amount,
            Money held,
            Money balance,
            @JsonSetter(nulls = SET) @Nullable String reference)
            implements AccountEvent {}

    /**
     * @param amount what was held, and is available again
     * @param reference the hold's
     */
    record HoldReleased(
            HoldId holdId, Money amount, @JsonSetter(nulls = SET) @Nullable String reference)
            implements AccountEvent {}

    /**
     * @param amount what was held, and is available again
     * @param reference the hold's
     */
    record HoldExpired(
            HoldId holdId, Money amount, @JsonSetter(nulls = SET) @Nullable String reference)
            implements AccountEvent {}
}
