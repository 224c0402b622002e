package banking.pipeline;

import java.math.BigDecimal;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;

/** As where the configuration limits nobody. */
final class NoLimits implements DayLimitsConfig {

    static DayTotals totals() {
        return DayTotals.none(new DayLimits(new NoLimits()));
    }

    @Override
    public Map<String, BigDecimal> perDay() {
        return Map.of();
    }

    @Override
    public ZoneId zone() {
        return ZoneOffset.UTC;
    }
}
