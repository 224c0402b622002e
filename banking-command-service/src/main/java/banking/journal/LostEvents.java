package banking.journal;

import banking.database.Statements;
import banking.events.StreamId;
import banking.events.codec.ChainKeys;
import banking.events.codec.RecordedEvent;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Events that were published and that the journal does not have, in the caller's transaction. */
public final class LostEvents {

    private LostEvents() {}

    /**
     * @param isDifferent whether the journal has another event in its place
     * @param goesOn whether it follows on the event that the journal has before it
     */
    public record Lost(RecordedEvent event, boolean isDifferent, boolean goesOn) {}

    /**
     * Those that the journal does not have as they are. A record whose hash is not that of what it
     * says, or that would follow on another event than the journal's, was written by nobody who had
     * the journal at hand, and is others' to tell of.
     */
    public static List<Lost> among(
            Statements statements, ChainKeys keys, List<RecordedEvent> published)
            throws SQLException {
        if (published.isEmpty()) {
            return List.of();
        }
        var lost = new ArrayList<Lost>();
        statements
                .write(
                        """
                        select p.place, e.hash is not null,
                            case p.version when 1 then '' else b.hash end = p.previous
                        from unnest(?, ?, ?, ?) with ordinality
                            as p (stream_id, version, hash, previous, place)
                        left join event e using (stream_id, version)
                        left join event b
                            on b.stream_id = p.stream_id and b.version = p.version - 1
                        where e.hash is distinct from p.hash order by p.place""")
                .add("uuid", published, event -> event.streamId().value())
                .addLongs(published, RecordedEvent::version)
                .add("bytea", published, event -> event.hash().toBytes())
                .add("bytea", published, event -> event.previous().toBytes())
                .each(
                        row -> {
                            var event = published.get(row.getInt(1) - 1);
                            var found = new Lost(event, row.getBoolean(2), row.getBoolean(3));
                            if (keys.isIntact(event) && (found.goesOn || !found.isDifferent)) {
                                lost.add(found);
                            }
                        });
        return lost;
    }

    /**
     * Where a stream stands with what it was given back.
     *
     * @param above the version that it stood at before
     */
    public record Recovered(StreamId stream, String type, long above, RecordedEvent last) {}

    /** Gives events back to their streams, whose states are then to be made again. */
    public static void giveBack(
            Statements statements, List<RecordedEvent> events, Collection<Recovered> streams)
            throws SQLException {
        Journal.addEvents(statements, events);
        statements
                .write(
                        """
                        insert into stream (stream_id, type, version, hash)
                        select * from unnest(?, ?, ?, ?)
                        on conflict on constraint stream_exists do update
                        set version = excluded.version, hash = excluded.hash, state = null,
                            seal = null, due_at = null""")
                .add("uuid", streams, each -> each.stream.value())
                .add("text", streams, Recovered::type)
                .addLongs(streams, each -> each.last.version())
                .add("bytea", streams, each -> each.last.hash().toBytes())
                .write(
                        """
                        insert into recovered_stream (stream_id, above)
                        select * from unnest(?, ?) on conflict do nothing""")
                .add("uuid", streams, each -> each.stream.value())
                .addLongs(streams, Recovered::above);
        var earliest = events.stream().map(e -> e.event().occurredAt()).min(Instant::compareTo);
        if (earliest.isPresent()) {
            // Whether every policy had reacted to them is looked up once more.
            var time = earliest.get().atOffset(ZoneOffset.UTC);
            statements.write(
                    "update policy_sweep set swept_until = ? where swept_until > ?", time, time);
        }
    }

    /** Streams whose states are still to be made again, and above which versions. */
    public static Map<StreamId, Long> unfinished(Statements statements, int limit)
            throws SQLException {
        return statements
                .write("select stream_id, above from recovered_stream limit ?", limit)
                .map(row -> new StreamId(row.getObject(1, UUID.class)), row -> row.getLong(2));
    }

    public static void finish(Statements statements, Collection<StreamId> streams)
            throws SQLException {
        statements
                .write("delete from recovered_stream where stream_id = any (?)")
                .add("uuid", streams, StreamId::value);
    }

    /** One at a time in the whole bank gives events back, until its transaction ends. */
    public static void takeTurn(Statements statements) throws SQLException {
        statements
                .write("select pg_advisory_xact_lock('recovered_stream'::regclass::bigint)")
                .run();
    }
}
