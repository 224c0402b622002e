package banking.account;

import java.time.LocalDate;

/**
 * What may leave an account without a second pair of eyes, in minor units of its currency.
 *
 * @param today the day on which it counts, as the bank has it when the command is given
 * @param single the largest amount at once; each of the three may be {@link #NONE}
 */
public record Limits(LocalDate today, long single, long perDay, long perMonth) {

    static final long NONE = Long.MAX_VALUE;
}
