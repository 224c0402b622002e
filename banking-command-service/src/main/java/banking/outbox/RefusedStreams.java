package banking.outbox;

import banking.database.Statements;
import banking.events.StreamId;
import banking.events.codec.RecordedEvent;
import banking.journal.EventColumns;
import banking.outbox.WaitingBundles.Waiting;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The relay's statements about streams whose next event Kafka does not take. */
final class RefusedStreams {

    private static final String MERGED =
            """
            on conflict on constraint stream_is_refused do update
            set first = least(refused_stream.first, excluded.first),
                last = greatest(refused_stream.last, excluded.last)""";

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
    static void add(Statements statements, Collection<Rest> rests) throws SQLException {
        statements
                .write(
                        """
                        insert into refused_stream (stream_id, shard, topic, first, last, reason,
                            attempts, next_try)
                        select stream_id, shard, topic, first, last, reason, attempts,
                            now() + make_interval(secs => pause)
                        from unnest(?, ?, ?, ?, ?, ?, ?, ?)
                            r (stream_id, shard, topic, first, last, reason, attempts, pause)
                        order by stream_id\s"""
                                + MERGED)
                .add("uuid", rests, r -> r.stream().value())
                .add("int4", rests, r -> Outbox.shard(r.stream()))
                .add("text", rests, Rest::topic)
                .addLongs(rests, Rest::first)
                .addLongs(rests, Rest::last)
                .add("text", rests, Rest::reason)
                .add("int4", rests, Rest::attempts)
                .add("float8", rests, r -> seconds(r.pause()));
    }

    /** Puts all streams of a row aside whose events the journal does not give. */
    static void addAllOf(Statements statements, Waiting row, String reason) {
        var sql =
                """
                insert into refused_stream (stream_id, shard, first, last, reason, attempts,
                    next_try)
                select r.stream_id, o.shard, r.first, r.last, ?, 1, now()
                from outbox o cross join lateral
                    unnest(o.streams, o.firsts, o.lasts) r (stream_id, first, last)
                where o.shard = ? and o.position = ?
                order by r.stream_id\s"""
                        + MERGED;
        statements.write(sql, reason, row.bundle().shard(), row.position());
    }

    /**
     * Those that are due, the longest due first. Nobody else gets them for a while.
     *
     * @param pause how long that is, should this relay come to its end
     */
    static List<Due> take(
            Statements statements, Collection<Integer> shards, int limit, Duration pause)
            throws SQLException {
        var sql =
                """
                update refused_stream set next_try = now() + make_interval(secs => ?)
                where stream_id in (
                    select stream_id from refused_stream
                    where shard = any (?) and next_try <= now()
                    order by next_try limit ? for update skip locked)
                returning stream_id, first, last, attempts""";
        return statements
                .write(sql, seconds(pause))
                .add("int4", shards, shard -> shard)
                .add(limit)
                .query(
                        row ->
                                new Due(
                                        new StreamId(row.getObject(1, UUID.class)),
                                        row.getLong(2),
                                        row.getLong(3),
                                        row.getInt(4)));
    }

    /** Events of the streams from the journal, each stream's from its first on, in their order. */
    static Map<StreamId, List<RecordedEvent>> read(Statements statements, List<Due> due)
            throws SQLException {
        return statements
                .write(
                        """
                        select {columns}
                        from unnest(?, ?, ?) r (stream_id, first, last) join event e
                            on e.stream_id = r.stream_id and e.version between r.first and r.last
                        order by e.stream_id, e.version"""
                                .replace("{columns}", EventColumns.recorded("e")))
                .add("uuid", due, d -> d.stream().value())
                .addLongs(due, Due::first)
                .addLongs(due, Due::last)
                .query(EventColumns::readRecorded)
                .stream()
                .collect(Collectors.groupingBy(RecordedEvent::streamId));
    }

    /**
     * Writes what became of those that were tried; what is published to its end is gone.
     *
     * @return how many still wait
     */
    static int settle(Statements statements, List<Tried> tried) throws SQLException {
        return statements
                .write(
                        """
                        with tried as (
                            select * from unnest(?, ?, ?, ?, ?, ?)
                                t (stream_id, first, next, attempts, reason, pause)),
                        gone as (
                            delete from refused_stream r using tried t
                            where r.stream_id = t.stream_id and r.first = t.first
                                and t.next > r.last)
                        update refused_stream r
                        set first = t.next, attempts = t.attempts,
                            reason = coalesce(t.reason, r.reason),
                            next_try = now() + make_interval(secs => t.pause)
                        from tried t
                        where r.stream_id = t.stream_id and r.first = t.first
                            and t.next <= r.last""")
                .add("uuid", tried, t -> t.stream().value())
                .addLongs(tried, Tried::first)
                .addLongs(tried, Tried::next)
                .add("int4", tried, Tried::attempts)
                .add("text", tried, Tried::reason)
                .add("float8", tried, t -> seconds(t.pause()))
                .run();
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
