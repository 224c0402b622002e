package banking.pipeline;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.Map;

/** What one teller may move in a day without a second pair of eyes. */
@ConfigMapping(prefix = "bank.teller-limits")
public interface DayLimitsConfig {

    /** By the code of the currency, as in {@code 50000.00}; what has none is not limited. */
    Map<String, BigDecimal> perDay();

    /** Where the bank's days begin. */
    @WithDefault("UTC")
    ZoneId zone();
}
