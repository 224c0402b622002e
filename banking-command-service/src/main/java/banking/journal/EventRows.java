package banking.journal;

import banking.database.Statements;
import banking.events.StreamId;
import banking.events.codec.ChainKeys;
import banking.events.codec.RecordedEvent;
import banking.events.codec.WrittenEvent;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** Events of many streams, for those who follow up on them; in the caller's transaction. */
public final class EventRows {

    private EventRows() {}

    /**
     * Those of the events that the journal has under these events' streams and versions, as far as
     * they are as they were written.
     */
    public static List<WrittenEvent> at(
            Statements statements, ChainKeys keys, Collection<WrittenEvent> places)
            throws SQLException {
        return statements
                .write(
                        """
                        select {columns} from unnest(?, ?) as p (stream_id, version)
                        join event e using (stream_id, version)"""
                                .replace("{columns}", EventColumns.recorded("e")))
                .add("uuid", places, place -> place.streamId().value())
                .addLongs(places, WrittenEvent::version)
                .query(EventColumns::readRecorded)
                .stream()
                .filter(keys::isIntact)
                .map(RecordedEvent::event)
                .toList();
    }

    /** Those of the events that the journal has, by their ids. */
    public static List<RecordedEvent> named(Statements statements, Collection<String> ids)
            throws SQLException {
        return statements
                .write(
                        """
                        select {columns} from unnest(?) as n (id)
                        join event e on e.stream_id = split_part(n.id, ':', 1)::uuid
                            and e.version = split_part(n.id, ':', 2)::bigint"""
                                .replace("{columns}", EventColumns.recorded("e")))
                .add("text", ids, id -> id)
                .query(EventColumns::readRecorded);
    }

    /** A stream's events above a version and up to another, oldest first. */
    public static List<RecordedEvent> of(
            Statements statements, StreamId stream, long above, long upTo, int limit)
            throws SQLException {
        var sql =
                """
                select {columns} from event e
                where stream_id = ? and version > ? and version <= ?
                order by version limit ?"""
                        .replace("{columns}", EventColumns.recorded("e"));
        return statements
                .write(sql, stream.value(), above, upTo, limit)
                .query(EventColumns::readRecorded);
    }

    /**
     * A place in the order of time.
     *
     * @param stream of the last event before it; all zeros for the first of its time
     */
    public record TimePlace(Instant occurredAt, StreamId stream, long version) {}

    /**
     * Events of some types by the time at which they occurred, oldest first.
     *
     * @param types names of types, not of a caller's choosing
     * @param until where it ends, exclusive
     */
    public static List<WrittenEvent> after(
            Statements statements,
            Collection<String> types,
            TimePlace after,
            Instant until,
            int limit)
            throws SQLException {
        // The types stand in the statement itself, where the planner sees that the index has them.
        var sql =
                """
                select {columns} from event e
                where type in ({types}) and (occurred_at, stream_id, version) > (?, ?, ?)
                    and occurred_at < ?
                order by occurred_at, stream_id, version limit ?"""
                        .replace("{columns}", EventColumns.of("e"))
                        .replace(
                                "{types}",
                                types.stream()
                                        .sorted()
                                        .map(type -> "'" + type + "'")
                                        .collect(Collectors.joining(", ")));
        return statements
                .write(
                        sql,
                        after.occurredAt.atOffset(ZoneOffset.UTC),
                        after.stream.value(),
                        after.version,
                        until.atOffset(ZoneOffset.UTC),
                        limit)
                .query(EventColumns::read);
    }
}
