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
                                                select 'next', projection, partition, next
                                                from projection_offset
                                                union all
                                                select 'told', projection, partition,
                                                    (1000 * extract(epoch from now() - told_at))::bigint
                                                from projection_offset where told_at > 'epoch'
                                                union all
                                                select 'parked', projection, 0, count(*)
                                                from parked_aggregate group by projection
                                                union all
                                                select 'nameless', projection, 0, count(*)
                                                from dead_event
                                                where stream_id is null and skipped_at is null
                                                group by projection""")
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
