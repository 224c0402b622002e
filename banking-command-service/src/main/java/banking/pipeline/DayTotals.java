package banking.pipeline;

import banking.aggregate.Rejection;
import banking.database.Statements;
import banking.journal.JournalLookup.IfLocked;
import banking.journal.TellerDays;
import banking.journal.TellerDays.Day;
import banking.pipeline.DayLimits.Purse;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What tellers have moved in their day, as far as the commands of one transaction count in it. The
 * rows are locked, so what is decided from them in memory is exact; they are written with what the
 * commands have led to.
 */
final class DayTotals {

    private final DayLimits limits;
    private final long today;
    private final Map<Purse, Long> locked;
    private final Map<Purse, Long> moved;

    private DayTotals(DayLimits limits, long today, Map<Purse, Long> locked) {
        this.limits = limits;
        this.today = today;
        this.locked = locked;
        moved = new HashMap<>(locked);
    }

    /**
     * Locks the days that the commands count in; to be asked with their streams locked. Where
     * nobody is limited there is nothing to ask.
     */
    static DayTotals lock(
            Statements statements,
            DayLimits limits,
            Collection<PendingCommand<?, ?, ?>> commands,
            long today,
            IfLocked ifLocked)
            throws SQLException {
        var purses = limits.moved(commands).keySet();
        var totals = new HashMap<Purse, Long>();
        if (!purses.isEmpty()) {
            var days = new ArrayList<Day>();
            purses.forEach(purse -> days.add(day(purse, today, 0)));
            for (var day : TellerDays.lock(statements, days, ifLocked)) {
                var used = day.day() < today ? 0 : day.moved();
                totals.put(new Purse(day.teller(), day.currency()), used);
            }
            if (ifLocked == IfLocked.LOOK_ON) {
                purses.forEach(purse -> totals.putIfAbsent(purse, 0L));
            }
        }
        return new DayTotals(limits, today, totals);
    }

    /** Without any; what would count in one is then held. */
    static DayTotals none(DayLimits limits) {
        return new DayTotals(limits, 0, Map.of());
    }

    /** As it was before any command was run. */
    DayTotals begin() {
        return new DayTotals(limits, today, locked);
    }

    /** Whether another transaction has locked the day that a command counts in. */
    boolean isHeld(PendingCommand<?, ?, ?> command) {
        var counted = limits.moved(command);
        return counted != null && !locked.containsKey(counted.purse());
    }

    /** Counts a command that is to be accepted, or says why it is not. */
    @Nullable Rejection take(PendingCommand<?, ?, ?> command) {
        var counted = limits.moved(command);
        if (counted == null) {
            return null;
        }
        var sum = moved.getOrDefault(counted.purse(), 0L) + counted.units();
        if (sum > counted.most()) {
            return new Rejection(
                    PipelineRefusal.TELLER_LIMIT_EXCEEDED,
                    "It is above what a teller may move in a day.");
        }
        moved.put(counted.purse(), sum);
        return null;
    }

    /** To travel with what is written next. */
    void write(Statements statements) throws SQLException {
        List<Day> changed =
                moved.entrySet().stream()
                        .filter(purse -> !purse.getValue().equals(locked.get(purse.getKey())))
                        .map(purse -> day(purse.getKey(), today, purse.getValue()))
                        .toList();
        if (!changed.isEmpty()) {
            TellerDays.write(statements, changed);
        }
    }

    private static Day day(Purse purse, long today, long moved) {
        return new Day(purse.teller(), purse.currency(), today, moved);
    }
}
