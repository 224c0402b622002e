package banking.journal;

import banking.database.Statements;
import banking.events.StreamId;
import banking.events.codec.ChainKeys;
import banking.events.codec.RecordedEvent;
import banking.events.codec.Sha256;
import banking.journal.StoredStream.Condition;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Goes through all events, stream by stream, and holds against each other what tells of the same: a
 * stream's events and the row where it stands, and a command's event and the answer that is kept
 * for whoever repeats it.
 */
public final class JournalWalk {

    /** Ids that follow from a name are those of commands that may come again. */
    private static final int NAME_BASED = 5;

    private static final StreamId BEFORE_ALL = new StreamId(new UUID(0, 0));

    private final Statements statements;
    private final ChainKeys keys;
    private final Place from;
    private final Map<String, String> broken = new LinkedHashMap<>();

    private JournalWalk(Statements statements, ChainKeys keys, Place from) {
        this.statements = statements;
        this.keys = keys;
        this.from = from;
    }

    /** An event that was looked at. */
    public record Place(StreamId stream, long version) {

        public static final Place START = new Place(BEFORE_ALL, 0);
    }

    /**
     * @param broken streams, and what is wrong with each
     * @param next the last event that was looked at; null where there is no more
     * @param checked how many events were
     */
    public record Page(Map<String, String> broken, @Nullable Place next, long checked) {}

    private record Row(RecordedEvent event, boolean isAnswered) {}

    /**
     * The events that come next. All of it is read as it stands at one moment.
     *
     * @param limit so many events at the most
     */
    public static Page page(Statements statements, ChainKeys keys, Place from, int limit)
            throws SQLException {
        return new JournalWalk(statements, keys, from).page(limit);
    }

    private Page page(int limit) throws SQLException {
        statements.write("set transaction isolation level repeatable read read only").run();
        var rows = rows(limit);
        var isLast = rows.size() < limit;
        var last = rows.isEmpty() ? from.stream : rows.getLast().event.streamId();
        var streams = streams(isLast ? null : last);
        var chain = new HashChain(keys);
        chain.goOn(from.version, hash(from));
        var at = from.stream;
        for (var row : rows) {
            var event = row.event;
            if (!event.streamId().equals(at)) {
                end(at, chain, streams);
                at = event.streamId();
                chain = new HashChain(keys);
            }
            var recorded = new RecordedEvent(event.event(), chain.last(), event.hash());
            chain.next(recorded);
            if (!row.isAnswered) {
                note(
                        at,
                        "version "
                                + event.version()
                                + " has no answer for who repeats its command");
            }
        }
        if (isLast) {
            end(at, chain, streams);
        } else {
            note(at, chain);
            streams.remove(at.toString());
        }
        // What is left has no event at all.
        streams.forEach(
                (id, stream) ->
                        broken.put(id, "has no event, and stands at version " + stream.version()));
        var next = isLast ? null : new Place(at, rows.getLast().event.version());
        return new Page(broken, next, rows.size());
    }

    private void end(StreamId at, HashChain chain, Map<String, StoredStream> streams) {
        if (at.equals(BEFORE_ALL)) {
            return;
        }
        var stands = streams.remove(at.toString());
        if (stands == null) {
            chain.orphaned();
        } else {
            chain.end(stands.version(), stands.hash());
            if (stands.condition(at, keys) == Condition.EDITED) {
                chain.edited();
            }
        }
        note(at, chain);
    }

    private void note(StreamId at, HashChain chain) {
        var found = chain.broken();
        if (found != null) {
            note(at, found.toString());
        }
    }

    private void note(StreamId at, String why) {
        broken.putIfAbsent(at.toString(), why);
    }

    private Sha256 hash(Place place) throws SQLException {
        if (place.version == 0) {
            return Sha256.NONE;
        }
        return statements
                .write(
                        "select hash from event where stream_id = ? and version = ?",
                        place.stream.value(),
                        place.version)
                .find(row -> Sha256.ofBytes(row.getBytes(1)))
                .orElse(Sha256.NONE);
    }

    private List<Row> rows(int limit) throws SQLException {
        var sql =
                """
                select {columns}, exists (select from processed_command p
                    where p.command_id = e.command_id and p.stream_id = e.stream_id) answered
                from event e where (stream_id, version) > (?, ?)
                order by stream_id, version limit ?"""
                        .replace("{columns}", EventColumns.linked("e"));
        return statements
                .write(sql, from.stream.value(), from.version, limit)
                .query(JournalWalk::row);
    }

    private static Row row(ResultSet row) throws SQLException {
        var event = EventColumns.readLinked(row, Sha256.NONE);
        var written = event.event();
        // A policy's command is known by its events.
        var needsAnswer =
                written.causationId().value().version() == NAME_BASED
                        && !written.actor().startsWith("policy:");
        return new Row(event, !needsAnswer || row.getBoolean("answered"));
    }

    /** Where streams stand, from the one of the place on. */
    private Map<String, StoredStream> streams(@Nullable StreamId to) throws SQLException {
        var sql =
                """
                select stream_id, type, version, state, hash, seal, due_at from stream
                where stream_id >= ? and (?::uuid is null or stream_id <= ?) order by stream_id""";
        var streams = new TreeMap<String, StoredStream>();
        var end = to == null ? null : to.value();
        statements
                .write(sql, from.stream.value(), end, end)
                .each(row -> streams.put(row.getString(1), JournalLookup.stored(row)));
        return streams;
    }
}
