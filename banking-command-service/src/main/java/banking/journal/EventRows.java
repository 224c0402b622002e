package banking.journal;

import banking.events.StreamId;
import banking.events.codec.WrittenEvent;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** Events of many streams, for those who follow up on them; in the caller's transaction. */
public final class EventRows {

    private EventRows() {}

    /** Those of the events that the journal has under these events' streams and versions. */
    public static List<WrittenEvent> at(Connection transaction, Collection<WrittenEvent> places)
            throws SQLException {
        var sql =
                """
                select {columns} from unnest(?::uuid[], ?::bigint[]) as p (stream_id, version)
                join event e using (stream_id, version)"""
                        .replace("{columns}", EventColumns.of("e"));
        try (var query = transaction.prepareStatement(sql)) {
            var streams = places.stream().map(e -> e.streamId().value()).toArray();
            var versions = places.stream().map(WrittenEvent::version).toArray();
            query.setArray(1, transaction.createArrayOf("uuid", streams));
            query.setArray(2, transaction.createArrayOf("int8", versions));
            return read(query);
        }
    }

    /** A stream's events above a version and up to another, oldest first. */
    public static List<WrittenEvent> of(
            Connection transaction, StreamId stream, long above, long upTo, int limit)
            throws SQLException {
        var sql =
                """
                select {columns} from event e where stream_id = ? and version > ? and version <= ?
                order by version limit ?"""
                        .replace("{columns}", EventColumns.of("e"));
        try (var query = transaction.prepareStatement(sql)) {
            query.setObject(1, stream.value());
            query.setLong(2, above);
            query.setLong(3, upTo);
            query.setInt(4, limit);
            return read(query);
        }
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
            Connection transaction,
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
        try (var query = transaction.prepareStatement(sql)) {
            query.setObject(1, after.occurredAt.atOffset(ZoneOffset.UTC));
            query.setObject(2, after.stream.value());
            query.setLong(3, after.version);
            query.setObject(4, until.atOffset(ZoneOffset.UTC));
            query.setInt(5, limit);
            return read(query);
        }
    }

    private static List<WrittenEvent> read(PreparedStatement query) throws SQLException {
        try (var rows = query.executeQuery()) {
            var events = new ArrayList<WrittenEvent>();
            while (rows.next()) {
                events.add(EventColumns.read(rows, 1));
            }
            return events;
        }
    }
}
