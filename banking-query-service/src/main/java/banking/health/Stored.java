package banking.health;

import banking.database.Transactions;
import banking.projection.Projection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the database has of all projections, by their names.
 *
 * @param next the offset that comes next in each partition
 * @param toldMillis how long ago was sent, at the most, what was taken in of each partition;
 *     nothing of one of which nothing was
 * @param parked how many aggregates wait
 * @param nameless how many records that name no aggregate wait for somebody
 */
public record Stored(
        Map<String, Map<Integer, Long>> next,
        Map<String, Map<Integer, Long>> toldMillis,
        Map<String, Long> parked,
        Map<String, Long> nameless) {

    private record Row(String kind, String projection, int partition, long figure) {}

    public static Stored read(Transactions transactions) throws SQLException {
        var stored = new Stored(new HashMap<>(), new HashMap<>(), new HashMap<>(), new HashMap<>());
        transactions
                .single(
                        statements ->
                                statements
                                        .write(
                                                """
                                                SELECT 'next', projection, partition, next
                                                FROM projection_offset
                                                UNION ALL
                                                SELECT 'told', projection, partition,
                                                    (1000 * extract(epoch FROM now() - told_at))::bigint
                                                FROM projection_offset WHERE told_at > 'epoch'
                                                UNION ALL
                                                SELECT 'parked', projection, 0, count(*)
                                                FROM parked_aggregate GROUP BY projection
                                                UNION ALL
                                                SELECT 'nameless', projection, 0, count(*)
                                                FROM dead_event
                                                WHERE stream_id IS NULL AND skipped_at IS NULL
                                                GROUP BY projection""")
                                        .query(
                                                row ->
                                                        new Row(
                                                                row.getString(1),
                                                                row.getString(2),
                                                                row.getInt(3),
                                                                row.getLong(4))))
                .forEach(stored::put);
        return stored;
    }

    private void put(Row row) {
        switch (row.kind) {
            case "parked" -> parked.put(row.projection, row.figure);
            case "told" ->
                    toldMillis
                            .computeIfAbsent(row.projection, _ -> new HashMap<>())
                            .put(row.partition, row.figure);
            case "nameless" -> nameless.put(row.projection, row.figure);
            default ->
                    next.computeIfAbsent(row.projection, _ -> new HashMap<>())
                            .put(row.partition, row.figure);
        }
    }

    public Map<Integer, Long> next(Projection projection) {
        return next.getOrDefault(projection.name(), Map.of());
    }

    /** Null where nothing was taken in of the partition. */
    @Nullable Long toldMillis(Projection projection, int partition) {
        return toldMillis.getOrDefault(projection.name(), Map.of()).get(partition);
    }

    public long parked(Projection projection) {
        return parked.getOrDefault(projection.name(), 0L);
    }

    public long nameless(Projection projection) {
        return nameless.getOrDefault(projection.name(), 0L);
    }
}
