package banking.journal;

import banking.database.Statements;
import banking.journal.JournalLookup.IfLocked;
import java.sql.SQLException;
import java.util.List;

/**
 * What tellers have moved in their day, a row for each and each currency; all calls belong into the
 * pipeline's transaction.
 */
public final class TellerDays {

    private TellerDays() {}

    /**
     * @param day since 1970
     * @param moved in minor units
     */
    public record Day(String teller, String currency, long day, long moved) {}

    /**
     * Locks the rows, in one order so that two batches never wait for each other in a ring, and
     * makes those that are missing. What another transaction has is left out, where it is passed
     * over.
     *
     * @param days sorted
     */
    public static List<Day> lock(Statements statements, List<Day> days, IfLocked ifLocked)
            throws SQLException {
        if (ifLocked != IfLocked.LOOK_ON) {
            statements
                    .write(
                            """
                            insert into teller_day (teller, currency, day, moved)
                            select * from unnest(?, ?, ?, ?) on conflict do nothing""")
                    .add("text", days, Day::teller)
                    .add("text", days, Day::currency)
                    .addLongs(days, Day::day)
                    .addLongs(days, Day::moved);
        }
        return statements
                .write(
                        """
                        select teller, currency, day, moved from teller_day
                        join unnest(?, ?) as d (teller, currency) using (teller, currency)
                        order by teller, currency"""
                                + ifLocked.clause())
                .add("text", days, Day::teller)
                .add("text", days, Day::currency)
                .query(
                        row ->
                                new Day(
                                        row.getString(1),
                                        row.getString(2),
                                        row.getLong(3),
                                        row.getLong(4)));
    }

    /**
     * Of a process whose clock is behind at midnight, the day is the one that has begun.
     *
     * @param days of which the rows are locked
     */
    public static void write(Statements statements, List<Day> days) throws SQLException {
        statements
                .write(
                        """
                        update teller_day t set day = greatest(t.day, d.day), moved = d.moved
                        from unnest(?, ?, ?, ?) as d (teller, currency, day, moved)
                        where t.teller = d.teller and t.currency = d.currency""")
                .add("text", days, Day::teller)
                .add("text", days, Day::currency)
                .addLongs(days, Day::day)
                .addLongs(days, Day::moved)
                .expecting(
                        days.size(),
                        () -> new IllegalStateException("the day of a teller is not there"));
    }
}
