package banking.outbox;

import static banking.outbox.WaitingBundles.array;

import banking.events.StreamId;
import banking.events.codec.RecordedEvent;
import banking.journal.EventColumns;
import banking.outbox.WaitingBundles.Waiting;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The relay's statements about streams whose next event Kafka does not take. */
final class RefusedStreams {

    private RefusedStreams() {}

    /**
     * What is not published of a stream.
     *
     * @param first the version that comes next
     * @param attempts how often that one was tried
     * @param pause how long until it is tried again
     */
    record Rest(
            StreamId stream,
            @Nullable String topic,
            long first,
            long last,
            String reason,
            int attempts,
            Duration pause) {}

    /**
     * A refused stream that is to be tried again.
     *
     * @param attempts 0 where the event before its first was acknowledged
     */
    record Due(StreamId stream, long first, long last, int attempts) {

        Due atMost(int events) {
            return new Due(stream, first, Math.min(last, first + events - 1), attempts);
        }

        /** Due again at once, and as it was. */
        Tried untouched() {
            return new Tried(stream, first, first, attempts, null, Duration.ZERO);
        }
    }

    /**
     * What trying again has led to.
     *
     * @param first where the try began
     * @param next the version that comes next; above the stream's last where all is published
     * @param reason null where it stays as it is
     */
    record Tried(
            StreamId stream,
            long first,
            long next,
            int attempts,
            @Nullable String reason,
            Duration pause) {}

    /** Puts streams aside, or lets those that are aside already wait for these versions too. */
    static void add(Connection connection, Collection<Rest> rests) throws SQLException {
        var sql =
                """
                insert into refused_stream (stream_id, shard, topic, first, last, reason, attempts,
                    next_try)
                select stream_id, shard, topic, first, last, reason, attempts,
                    now() + make_interval(secs => pause)
                from unnest(?::uuid[], ?::smallint[], ?::text[], ?::bigint[], ?::bigint[],
                        ?::text[], ?::integer[], ?::float8[])
                    r (stream_id, shard, topic, first, last, reason, attempts, pause)
                order by stream_id
                on conflict on constraint stream_is_refused do update
                set first = least(refused_stream.first, excluded.first),
                    last = greatest(refused_stream.last, excluded.last)""";
        var ordered = List.copyOf(rests);
        try (var insert = connection.prepareStatement(sql)) {
            insert.setArray(1, array(connection, "uuid", ordered, r -> r.stream().value()));
            insert.setArray(2, array(connection, "int4", ordered, r -> Outbox.shard(r.stream())));
            insert.setArray(3, array(connection, "text", ordered, Rest::topic));
            insert.setArray(4, array(connection, "int8", ordered, Rest::first));
            insert.setArray(5, array(connection, "int8", ordered, Rest::last));
            insert.setArray(6, array(connection, "text", ordered, Rest::reason));
            insert.setArray(7, array(connection, "int4", ordered, Rest::attempts));
            insert.setArray(8, array(connection, "float8", ordered, r -> seconds(r.pause())));
            insert.executeUpdate();
        }
    }

    /** Puts all streams of a row aside whose events the journal does not give. */
    static void addAllOf(Connection connection, Waiting row, String reason) throws SQLException {
        var sql =
                """
                insert into refused_stream (stream_id, shard, first, last, reason, attempts, next_try)
                select r.stream_id, o.shard, r.first, r.last, ?, 1, now()
                from outbox o
                cross join lateral unnest(o.streams, o.firsts, o.lasts) r (stream_id, first, last)
                where o.shard = ? and o.position = ?
                order by r.stream_id
                on conflict on constraint stream_is_refused do update
                set first = least(refused_stream.first, excluded.first),
                    last = greatest(refused_stream.last, excluded.last)""";
        try (var insert = connection.prepareStatement(sql)) {
            insert.setString(1, reason);
            insert.setInt(2, row.bundle().shard());
            insert.setLong(3, row.position());
            insert.executeUpdate();
        }
    }

    /**
     * Those that are due, the longest due first. Nobody else gets them for a while.
     *
     * @param pause how long that is, should this relay come to its end
     */
    static List<Due> take(
            Connection connection, Collection<Integer> shards, int limit, Duration pause)
            throws SQLException {
        var sql =
                """
                update refused_stream set next_try = now() + make_interval(secs => ?)
                where stream_id in (
                    select stream_id from refused_stream
                    where shard = any (?) and next_try <= now()
                    order by next_try limit ? for update skip locked)
                returning stream_id, first, last, attempts""";
        try (var update = connection.prepareStatement(sql)) {
            update.setDouble(1, seconds(pause));
            update.setArray(2, array(connection, "int4", shards, shard -> shard));
            update.setInt(3, limit);
            try (var rows = update.executeQuery()) {
                var due = new ArrayList<Due>();
                while (rows.next()) {
                    due.add(
                            new Due(
                                    new StreamId(rows.getObject(1, UUID.class)),
                                    rows.getLong(2),
                                    rows.getLong(3),
                                    rows.getInt(4)));
                }
                return due;
            }
        }
    }

    /** Events of the streams from the journal, each stream's from its first on, in their order. */
    static Map<StreamId, List<RecordedEvent>> read(Connection connection, List<Due> due)
            throws SQLException {
        var sql =
                """
                select {columns}
                from unnest(?::uuid[], ?::bigint[], ?::bigint[]) r (stream_id, first, last)
                join event e on e.stream_id = r.stream_id and e.version between r.first and r.last
                order by e.stream_id, e.version"""
                        .replace("{columns}", EventColumns.recorded("e"));
        try (var query = connection.prepareStatement(sql)) {
            query.setArray(1, array(connection, "uuid", due, d -> d.stream().value()));
            query.setArray(2, array(connection, "int8", due, Due::first));
            query.setArray(3, array(connection, "int8", due, Due::last));
            try (var rows = query.executeQuery()) {
                var events = new HashMap<StreamId, List<RecordedEvent>>();
                while (rows.next()) {
                    var event = EventColumns.readRecorded(rows, 1);
                    events.computeIfAbsent(event.streamId(), id -> new ArrayList<>()).add(event);
                }
                return events;
            }
        }
    }

    /**
     * Writes what became of those that were tried; what is published to its end is gone.
     *
     * @return how many still wait
     */
    static int settle(Connection connection, List<Tried> tried) throws SQLException {
        var sql =
                """
                with tried as (
                    select * from unnest(?::uuid[], ?::bigint[], ?::bigint[], ?::integer[],
                            ?::text[], ?::float8[])
                        t (stream_id, first, next, attempts, reason, pause)),
                gone as (
                    delete from refused_stream r using tried t
                    where r.stream_id = t.stream_id and r.first = t.first and t.next > r.last)
                update refused_stream r
                set first = t.next, attempts = t.attempts, reason = coalesce(t.reason, r.reason),
                    next_try = now() + make_interval(secs => t.pause)
                from tried t
                where r.stream_id = t.stream_id and r.first = t.first and t.next <= r.last""";
        try (var update = connection.prepareStatement(sql)) {
            update.setArray(1, array(connection, "uuid", tried, t -> t.stream().value()));
            update.setArray(2, array(connection, "int8", tried, Tried::first));
            update.setArray(3, array(connection, "int8", tried, Tried::next));
            update.setArray(4, array(connection, "int4", tried, Tried::attempts));
            update.setArray(5, array(connection, "text", tried, Tried::reason));
            update.setArray(6, array(connection, "float8", tried, t -> seconds(t.pause())));
            return update.executeUpdate();
        }
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
