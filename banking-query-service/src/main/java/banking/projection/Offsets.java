package banking.projection;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** How far one projection has read, kept beside the views so that both commit together. */
record Offsets(String projection, String topic) {

    /** The offset to read next in each partition; a partition that is new starts at 0. */
    Map<Integer, Long> load(Connection connection, Collection<Integer> partitions)
            throws SQLException {
        var numbers = connection.createArrayOf("int4", partitions.toArray());
        try (var insert =
                connection.prepareStatement(
                        """
                        INSERT INTO projection_offset (projection, topic, partition, next)
                        SELECT ?, ?, p, 0 FROM unnest(?) AS p ORDER BY p
                        ON CONFLICT DO NOTHING""")) {
            insert.setString(1, projection);
            insert.setString(2, topic);
            insert.setArray(3, numbers);
            insert.executeUpdate();
        }
        try (var select =
                connection.prepareStatement(
                        """
                        SELECT partition, next FROM projection_offset
                        WHERE projection = ? AND topic = ? AND partition = ANY (?)""")) {
            select.setString(1, projection);
            select.setString(2, topic);
            select.setArray(3, numbers);
            var next = new HashMap<Integer, Long>();
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    next.put(rows.getInt(1), rows.getLong(2));
                }
            }
            return next;
        }
    }

    /**
     * Moves every partition on, and holds it until the transaction ends.
     *
     * @throws OffsetMovedException from the statements, when one of them does not stand where its
     *     span starts
     */
    void advance(Statements statements, Collection<Span> spans) {
        statements
                .write(
                        """
                        UPDATE projection_offset o SET next = s.next
                        FROM unnest(?::int[], ?::bigint[], ?::bigint[]) AS s (partition, start, next)
                        WHERE o.projection = ? AND o.topic = ?
                          AND o.partition = s.partition AND o.next = s.start""")
                .add(spans.stream().mapToInt(Span::partition).toArray())
                .addLongs(spans, Span::from)
                .addLongs(spans, Span::next)
                .add(projection)
                .add(topic)
                .expecting(
                        spans.size(),
                        () -> new OffsetMovedException("not all of " + spans + " were next"));
    }

    /** Keeps everybody else from moving the partition on until the transaction ends. */
    void hold(Connection connection, int partition) throws SQLException {
        try (var lock =
                connection.prepareStatement(
                        """
                        SELECT next FROM projection_offset
                        WHERE projection = ? AND topic = ? AND partition = ? FOR UPDATE""")) {
            lock.setString(1, projection);
            lock.setString(2, topic);
            lock.setInt(3, partition);
            lock.executeQuery().close();
        }
    }
}
