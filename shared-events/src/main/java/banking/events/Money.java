package banking.events;

import java.math.BigDecimal;
import java.util.Objects;

/**
 * An exact amount: a whole number of the currency's minor units (cents for EUR, yen for JPY).
 *
 * @param minorUnits may be negative (an overdrawn balance), never beyond {@link #MAX_MINOR_UNITS}
 *     either way, so that every reader of the JSON, whatever its language, reads it exactly
 * @param currency says how many decimals the amount has
 */
public record Money(long minorUnits, Currency currency) {

    /** The largest integer that an IEEE 754 double, hence any JSON reader, holds exactly. */
    public static final long MAX_MINOR_UNITS = (1L << 53) - 1;

    public Money {
        if (minorUnits > MAX_MINOR_UNITS || minorUnits < -MAX_MINOR_UNITS) {
            throw new ArithmeticException("amount out of bounds: " + minorUnits);
        }
        Objects.requireNonNull(currency, "currency");
    }

    public static Money zero(Currency currency) {
        return new Money(0, currency);
    }

    /**
     * Reads a decimal number of the currency's major unit, as in {@code 12.34}.
     *
     * @throws ArithmeticException when the number has more decimals than the currency, or is out of
     *     bounds
     */
    public static Money of(BigDecimal amount, Currency currency) {
        return new Money(amount.movePointRight(currency.decimals()).longValueExact(), currency);
    }

    /** The amount in the currency's major unit, with all the decimals the currency has. */
    public BigDecimal amount() {
        return BigDecimal.valueOf(minorUnits, currency.decimals());
    }

    /**
     * @throws IllegalArgumentException when the currencies differ
     * @throws ArithmeticException when the sum is out of bounds
     */
    public Money plus(Money other) {
        return new Money(minorUnits + sameCurrency(other).minorUnits, currency);
    }

    /**
     * @throws IllegalArgumentException when the currencies differ
     * @throws ArithmeticException when the difference is out of bounds
     */
    public Money minus(Money other) {
        return new Money(minorUnits - sameCurrency(other).minorUnits, currency);
    }

    public Money negated() {
        return new Money(-minorUnits, currency);
    }

    /**
     * @throws IllegalArgumentException when the currencies differ
     */
    public boolean lessThan(Money other) {
        return minorUnits < sameCurrency(other).minorUnits;
    }

    private Money sameCurrency(Money other) {
        if (!currency.equals(other.currency)) {
            throw new IllegalArgumentException(currency + " is not " + other.currency);
        }
        return other;
    }

    /** The decimal form and the currency code, as in {@code 12.34 EUR}. */
    @Override
    public String toString() {
        return amount().toPlainString() + " " + currency.code();
    }
}
