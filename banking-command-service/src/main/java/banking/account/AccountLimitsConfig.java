package banking.account;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;

/** What may leave an account without a second pair of eyes. */
@ConfigMapping(prefix = "bank.account-limits")
public interface AccountLimitsConfig {

    /** By the code of the currency; what has none is not limited. */
    Map<String, Amounts> in();

    /** Where the bank's days and months begin. */
    @WithDefault("UTC")
    ZoneId zone();

    /** As in {@code 1000.00}. */
    interface Amounts {

        Optional<BigDecimal> single();

        Optional<BigDecimal> perDay();

        Optional<BigDecimal> perMonth();
    }
}
