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

    /** The same and the event's link. */
    static String linked(String alias) {
        return of(alias) + ", " + alias + ".hash";
    }

    /** The same and the event's place in its stream's hash chain. */
    public static String recorded(String alias) {
        return of(alias)
                + """
                , {e}.hash, (select p.hash from event p
                    where p.stream_id = {e}.stream_id and p.version = {e}.version - 1) previous"""
                        .replace("{e}", alias);
    }

    public static RecordedEvent readRecorded(ResultSet row) throws SQLException {
        var previous = row.getBytes("previous");
        return new RecordedEvent(
                read(row),
                previous == null ? Sha256.NONE : Sha256.ofBytes(previous),
                Sha256.ofBytes(row.getBytes("hash")));
    }

    /** For who walks along a stream, and has had the event before. */
    static RecordedEvent readLinked(ResultSet row, Sha256 previous) throws SQLException {
        return new RecordedEvent(read(row), previous, Sha256.ofBytes(row.getBytes("hash")));
    }

    public static WrittenEvent read(ResultSet row) throws SQLException {
        return new WrittenEvent(
                new StreamId(row.getObject("stream_id", UUID.class)),
                row.getLong("version"),
                row.getString("type"),
                row.getInt("schema_version"),
                row.getString("payload"),
                row.getString("correlation_id"),
                new CommandId(row.getObject("command_id", UUID.class)),
                row.getString("actor"),
                row.getObject("occurred_at", OffsetDateTime.class).toInstant(),
                row.getString("traceparent"),
                row.getString("caused_by"));
    }
}
