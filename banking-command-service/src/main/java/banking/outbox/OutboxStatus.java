package banking.outbox;

import banking.database.Statements;
import banking.database.Transactions;
import banking.events.StreamId;
import io.quarkus.panache.common.Page;
import io.quarkus.panache.common.Sort;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What waits to be published, and what Kafka refuses, as the database has it at the moment. */
@ApplicationScoped
public class OutboxStatus {

    /** Of a shard's rows so many are counted, the oldest: a look must stay cheap in the worst. */
    private static final int MOST_ROWS = 10_000;

    private static final int MOST_REASONS = 20;

    private static final UUID BEFORE_ALL = new UUID(0, 0);

    private final Transactions transactions;

    OutboxStatus(Transactions transactions) {
        this.transactions = transactions;
    }

    /**
     * What waits in one shard that has rows.
     *
     * @param unpublished how many events; of more than 10,000 transactions' only the oldest
     * @param oldestAgeSeconds for how long the oldest has waited
     * @param oldestPosition grows when the oldest is published
     * @param isLeased whether a relay has the shard
     */
    public record Shard(
            int shard,
            long unpublished,
            double oldestAgeSeconds,
            long oldestPosition,
            boolean isLeased) {}

    /**
     * What Kafka refuses for one reason.
     *
     * @param topic null where that is what is not known
     * @param streams how many streams wait for it
     * @param events how many events those have that wait
     */
    public record Refused(@Nullable String topic, String reason, long streams, long events) {}

    /**
     * @param refusedStreams how many streams there are whose next event Kafka does not take
     * @param refusedEvents how many events those have that wait
     * @param refused the same by reason, those first that most streams wait for
     */
    public record Figures(
            List<Shard> shards, long refusedStreams, long refusedEvents, List<Refused> refused) {

        /** How many committed events are not known to be published. */
        public long unpublished() {
            return shards.stream().mapToLong(Shard::unpublished).sum() + refusedEvents;
        }

        /** For how long the oldest has waited that is not refused; 0 where there is none. */
        public double oldestAgeSeconds() {
            return shards.stream().mapToDouble(Shard::oldestAgeSeconds).max().orElse(0);
        }
    }

    public Figures look() throws SQLException {
        return transactions.commit(
                statements -> {
                    // In this order, what is put aside meanwhile is seen twice, and not missed.
                    var shards = shards(statements);
                    return figures(statements, shards);
                });
    }

    private static List<Shard> shards(Statements statements) throws SQLException {
        var sql =
                """
                select s.shard, sum(o.events), extract(epoch from now() - min(o.since)),
                    min(o.position), s.leased_until > now()
                from outbox_shard s
                cross join lateral (
                    select events, since, position from outbox
                    where outbox.shard = s.shard order by position limit ?) o
                group by s.shard order by s.shard""";
        return statements
                .write(sql, MOST_ROWS)
                .query(
                        row ->
                                new Shard(
                                        row.getInt(1),
                                        row.getLong(2),
                                        Math.max(0, row.getDouble(3)),
                                        row.getLong(4),
                                        row.getBoolean(5)));
    }

    private record Reason(Refused refused, long allStreams, long allEvents) {}

    private static Figures figures(Statements statements, List<Shard> shards) throws SQLException {
        var sql =
                """
                select topic, reason, count(*), sum(last - first + 1),
                    sum(count(*)) over (), sum(sum(last - first + 1)) over ()
                from refused_stream
                group by topic, reason order by count(*) desc limit ?""";
        var reasons = statements.write(sql, MOST_REASONS).query(OutboxStatus::reason);
        var any = reasons.isEmpty() ? null : reasons.getFirst();
        return new Figures(
                shards,
                any == null ? 0 : any.allStreams,
                any == null ? 0 : any.allEvents,
                reasons.stream().map(Reason::refused).toList());
    }

    private static Reason reason(ResultSet row) throws SQLException {
        var refused =
                new Refused(row.getString(1), row.getString(2), row.getLong(3), row.getLong(4));
        return new Reason(refused, row.getLong(5), row.getLong(6));
    }

    /**
     * @param after the last id of the page before; null for the first page
     */
    public List<RefusedStream> refused(@Nullable StreamId after, int limit) {
        var last = after == null ? BEFORE_ALL : after.value();
        return RefusedStreamRow.<RefusedStreamRow>find("streamId > ?1", Sort.by("streamId"), last)
                .page(Page.ofSize(limit))
                .stream()
                .map(RefusedStreamRow::refused)
                .toList();
    }
}
