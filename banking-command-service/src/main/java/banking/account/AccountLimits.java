package banking.account;

import banking.account.AccountLimitsConfig.Amounts;
import banking.events.Currency;
import banking.events.Money;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The limits of accounts as the configuration has them. */
@ApplicationScoped
public class AccountLimits {

    private final Map<Currency, Amounts> amounts = new HashMap<>();
    private final ZoneId zone;
    private final Clock clock = Clock.systemUTC();

    /**
     * @throws RuntimeException for what is no currency, or no amount of it
     */
    AccountLimits(AccountLimitsConfig config) {
        zone = config.zone();
        config.in()
                .forEach(
                        (code, limits) ->
                                amounts.put(new Currency(code.toUpperCase(Locale.ROOT)), limits));
        amounts.forEach((currency, limits) -> limits(LocalDate.EPOCH, currency, limits));
    }

    /** The limits that an amount is under which is to leave an account now; null for none. */
    public @Nullable Limits of(Money amount) {
        var limits = amounts.get(amount.currency());
        return limits == null
                ? null
                : limits(LocalDate.ofInstant(clock.instant(), zone), amount.currency(), limits);
    }

    private static Limits limits(LocalDate today, Currency currency, Amounts amounts) {
        return new Limits(
                today,
                units(amounts.single(), currency),
                units(amounts.perDay(), currency),
                units(amounts.perMonth(), currency));
    }

    private static long units(Optional<BigDecimal> amount, Currency currency) {
        return amount.map(value -> Money.of(value, currency).minorUnits()).orElse(Limits.NONE);
    }
}
