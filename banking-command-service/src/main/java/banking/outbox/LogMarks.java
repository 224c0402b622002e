package banking.outbox;

import banking.database.Statements;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Up to where each partition has nothing that the journal lacks. A mark that is too low costs time,
 * one that is too high would hide a loss: it is moved only on the server that was found sound, and
 * never back, since what was passed over stays passed over.
 */
public final class LogMarks {

    /** Tells a server from the one that takes its place, or comes up again with less. */
    static final String SERVER = "extract(epoch from pg_postmaster_start_time())::bigint";

    /** The same, and one database from another that is given its name. */
    private static final String DATABASE =
            "(select oid::bigint from pg_database where datname = current_database())";

    private LogMarks() {}

    /**
     * What the marks are kept in.
     *
     * @param server when it was started
     */
    record Keeper(long server, long database) {}

    static Keeper keeper(Statements statements) throws SQLException {
        return statements
                .write("select " + SERVER + ", " + DATABASE)
                .find(row -> new Keeper(row.getLong(1), row.getLong(2)))
                .orElseThrow();
    }

    static Map<LogPlace, Long> read(Statements statements) throws SQLException {
        return statements
                .write("select topic, partition, next from log_mark")
                .map(row -> new LogPlace(row.getString(1), row.getInt(2)), row -> row.getLong(3));
    }

    /** Moves marks, unless another keeper has taken the place of this one. */
    static void move(Statements statements, Map<LogPlace, Long> marks, Keeper keeper)
            throws SQLException {
        var rows = List.copyOf(marks.entrySet());
        if (rows.isEmpty()) {
            return;
        }
        statements
                .write(
                        """
                        insert into log_mark (topic, partition, next)
                        select * from unnest(?, ?, ?) where ({server}, {database}) = (?, ?)
                        on conflict on constraint log_is_marked do update
                        set next = greatest(log_mark.next, excluded.next)"""
                                .replace("{server}", SERVER)
                                .replace("{database}", DATABASE))
                .add("text", rows, row -> row.getKey().topic())
                .add("int4", rows, row -> row.getKey().partition())
                .addLongs(rows, Map.Entry::getValue)
                .add(keeper.server)
                .add(keeper.database);
    }

    /** Takes marks away whose topics were made anew. */
    static void forget(Statements statements, Collection<LogPlace> places) throws SQLException {
        statements
                .write(
                        """
                        delete from log_mark
                        where (topic, partition) in (select * from unnest(?, ?))""")
                .add("text", places, LogPlace::topic)
                .add("int4", places, LogPlace::partition);
    }

    /** Moves marks, for who looks at the journal in the same transaction. */
    public static void move(Statements statements, Map<LogPlace, Long> marks) throws SQLException {
        move(statements, marks, keeper(statements));
    }
}
