package banking.journal;

import banking.events.CommandId;
import banking.events.StreamId;
import banking.events.codec.RecordedEvent;
import banking.events.codec.Sha256;
import banking.events.codec.WrittenEvent;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.UUID;

/** The journal's columns that make an event, for statements that read them beside others. */
public final class EventColumns {

    private EventColumns() {}

    /**
     * @param alias what the statement calls the table
     */
    public static String of(String alias) {
        return """
        {e}.stream_id, {e}.version, {e}.type, {e}.schema_version, {e}.payload,
        {e}.correlation_id, {e}.command_id, {e}.actor, {e}.occurred_at, {e}.traceparent,
        {e}.caused_by"""
                .replace("{e}", alias);
    }

    /** The same and the event's place in its stream's hash chain. */
    public static String recorded(String alias) {
        return of(alias)
                + """
                , {e}.hash, (select p.hash from event p
                    where p.stream_id = {e}.stream_id and p.version = {e}.version - 1)"""
                        .replace("{e}", alias);
    }

    /**
     * @param first the place of the first of the columns in the row
     */
    public static RecordedEvent readRecorded(ResultSet row, int first) throws SQLException {
        var previous = row.getBytes(first + 12);
        return new RecordedEvent(
                read(row, first),
                previous == null ? Sha256.NONE : Sha256.ofBytes(previous),
                Sha256.ofBytes(row.getBytes(first + 11)));
    }

    /**
     * @param first the place of the first of the columns in the row
     */
    public static WrittenEvent read(ResultSet row, int first) throws SQLException {
        return new WrittenEvent(
                new StreamId(row.getObject(first, UUID.class)),
                row.getLong(first + 1),
                row.getString(first + 2),
                row.getInt(first + 3),
                row.getString(first + 4),
                row.getString(first + 5),
                new CommandId(row.getObject(first + 6, UUID.class)),
                row.getString(first + 7),
                row.getObject(first + 8, OffsetDateTime.class).toInstant(),
                row.getString(first + 9),
                row.getString(first + 10));
    }
}
