package banking.pipeline;

import banking.events.Currency;
import banking.events.Event;
import banking.events.Money;
import banking.security.Role;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What one teller may move in a day, by currency, as the configuration has it. */
final class DayLimits {

    private static final Set<Role> TELLERS = Set.of(Role.TELLER, Role.SUPERVISOR);

    private final Map<Currency, Long> perDay = new HashMap<>();
    private final ZoneId zone;

    /**
     * @throws RuntimeException for what is no currency, or no amount of it
     */
    DayLimits(DayLimitsConfig config) {
        zone = config.zone();
        config.perDay()
                .forEach(
                        (code, amount) -> {
                            var currency = new Currency(code.toUpperCase(Locale.ROOT));
                            perDay.put(currency, Money.of(amount, currency).minorUnits());
                        });
    }

    /** Whose day a command counts in, in minor units of a currency. */
    record Purse(String teller, String currency) implements Comparable<Purse> {

        @Override
        public int compareTo(Purse other) {
            var byTeller = teller.compareTo(other.teller);
            return byTeller == 0 ? currency.compareTo(other.currency) : byTeller;
        }
    }

    /**
     * What a command moves in its giver's day.
     *
     * @param most what may be moved in the day
     */
    record Moved(Purse purse, long units, long most) {}

    /** Nothing, where the giver or the currency is not limited, or nothing is moved. */
    <S, C, E extends Event> @Nullable Moved moved(PendingCommand<S, C, E> command) {
        if (perDay.isEmpty()
                || command.context().caller().roles().stream().noneMatch(TELLERS::contains)) {
            return null;
        }
        var amount = command.type().moved(command.command());
        var most = amount == null ? null : perDay.get(amount.currency());
        return amount == null || most == null
                ? null
                : new Moved(
                        new Purse(command.context().actor(), amount.currency().code()),
                        amount.minorUnits(),
                        most);
    }

    /** In the order in which they are locked; none where nobody is limited. */
    Map<Purse, Moved> moved(Collection<PendingCommand<?, ?, ?>> commands) {
        if (perDay.isEmpty()) {
            return Map.of();
        }
        var all = new TreeMap<Purse, Moved>();
        for (var command : commands) {
            var moved = moved(command);
            if (moved != null) {
                all.put(moved.purse(), moved);
            }
        }
        return all;
    }

    long today(Instant now) {
        return LocalDate.ofInstant(now, zone).toEpochDay();
    }
}
