package banking.projection;

import banking.database.Statements;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Map;

/** How far one projection has read, kept beside the views so that both commit together. */
record Offsets(String projection, String topic) {

    Map<Integer, Long> load(Statements statements, Collection<Integer> partitions)
            throws SQLException {
        var insert =
                """
                insert into projection_offset (projection, topic, partition, next)
                select ?, ?, p, 0 from unnest(?) as p order by p
                on conflict do nothing""";
        statements.write(insert, projection, topic).add("int4", partitions, number -> number);
        var select =
                """
                select partition, next from projection_offset
                where projection = ? and topic = ? and partition = any (?)""";
        return statements
                .write(select, projection, topic)
                .add("int4", partitions, number -> number)
                .map(row -> row.getInt(1), row -> row.getLong(2));
    }

    /**
     * Moves every partition on, and holds it until the transaction ends.
     *
     * @throws OffsetMovedException from the statements, when one of them does not stand where its
     *     span starts
     */
    void advance(Statements statements, Collection<Span> spans) {
        var sql =
                """
                update projection_offset o set next = s.next, told_at = greatest(o.told_at,
                    least(now(), timestamptz 'epoch' + s.told_at * interval '1 microsecond'))
                from unnest(?::int[], ?::bigint[], ?::bigint[], ?::bigint[])
                    as s (partition, start, next, told_at)
                where o.projection = ? and o.topic = ?
                  and o.partition = s.partition and o.next = s.start""";
        statements
                .write(sql, spans.stream().mapToInt(Span::partition).toArray())
                .addLongs(spans, Span::from)
                .addLongs(spans, Span::next)
                .addTimes(spans, Span::toldAt)
                .add(projection)
                .add(topic)
                .expecting(
                        spans.size(),
                        () -> new OffsetMovedException("not all of " + spans + " were next"));
    }

    /** Keeps everybody else from moving the partition on until the transaction ends. */
    void hold(Statements statements, int partition) {
        var sql =
                """
                select next from projection_offset
                where projection = ? and topic = ? and partition = ? for update""";
        statements.write(sql, projection, topic, partition);
    }
}
