package banking.account;

import java.time.LocalDate;
import java.time.YearMonth;

/**
 * What has left an account by the last day on which something did, and counts against its limits.
 *
 * @param onDay on that day, in minor units
 * @param inMonth in its month, that day included
 */
record Spent(LocalDate day, long onDay, long inMonth) {

    /** Of a process whose clock is behind at midnight, the day is the one that has begun. */
    Spent plus(LocalDate other, long amount) {
        if (!other.isAfter(day)) {
            return new Spent(day, onDay + amount, inMonth + amount);
        }
        return YearMonth.from(other).equals(YearMonth.from(day))
                ? new Spent(other, amount, inMonth + amount)
                : new Spent(other, amount, amount);
    }

    static Spent first(LocalDate day, long amount) {
        return new Spent(day, amount, amount);
    }

    boolean isWithin(Limits limits) {
        return onDay <= limits.perDay() && inMonth <= limits.perMonth();
    }
}
