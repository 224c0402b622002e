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
                INSERT INTO projection_offset (projection, topic, partition, next)
                SELECT ?, ?, p, 0 FROM unnest(?) AS p ORDER BY p
                ON CONFLICT DO NOTHING""";
        statements.write(insert, projection, topic).add("int4", partitions, number -> number);
        var select =
                """
                SELECT partition, next FROM projection_offset
                WHERE projection = ? AND topic = ? AND partition = ANY (?)""";
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
                UPDATE projection_offset o SET next = s.next, told_at = greatest(o.told_at,
                    least(now(), timestamptz 'epoch' + s.told_at * interval '1 microsecond'))
                FROM unnest(?::int[], ?::bigint[], ?::bigint[], ?::bigint[])
                    AS s (partition, start, next, told_at)
                WHERE o.projection = ? AND o.topic = ?
                  AND o.partition = s.partition AND o.next = s.start""";
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
                SELECT next FROM projection_offset
                WHERE projection = ? AND topic = ? AND partition = ? FOR UPDATE""";
        statements.write(sql, projection, topic, partition);
    }
}
