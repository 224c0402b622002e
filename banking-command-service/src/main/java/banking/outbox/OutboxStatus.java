package banking.outbox;

import banking.database.Transactions;
import banking.events.StreamId;
import io.quarkus.panache.common.Page;
import io.quarkus.panache.common.Sort;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
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
                transaction -> {
                    // In this order, what is put aside meanwhile is seen twice, and not missed.
                    var shards = shards(transaction);
                    return figures(transaction, shards);
                });
    }

    private static List<Shard> shards(Connection transaction) throws SQLException {
        var sql =
                """
                select s.shard, sum(o.events), extract(epoch from now() - min(o.since)),
                    min(o.position), s.leased_until > now()
                from outbox_shard s
                cross join lateral (
                    select events, since, position from outbox
                    where outbox.shard = s.shard order by position limit ?) o
                group by s.shard order by s.shard""";
        try (var query = transaction.prepareStatement(sql)) {
            query.setInt(1, MOST_ROWS);
            try (var rows = query.executeQuery()) {
                var shards = new ArrayList<Shard>();
                while (rows.next()) {
                    shards.add(
                            new Shard(
                                    rows.getInt(1),
                                    rows.getLong(2),
                                    Math.max(0, rows.getDouble(3)),
                                    rows.getLong(4),
                                    rows.getBoolean(5)));
                }
                return shards;
            }
        }
    }

    private static Figures figures(Connection transaction, List<Shard> shards) throws SQLException {
        var sql =
                """
                select topic, reason, count(*), sum(last - first + 1),
                    sum(count(*)) over (), sum(sum(last - first + 1)) over ()
                from refused_stream
                group by topic, reason order by count(*) desc limit\s"""
                        + MOST_REASONS;
        try (var query = transaction.prepareStatement(sql);
                var rows = query.executeQuery()) {
            var refused = new ArrayList<Refused>();
            long streams = 0;
            long events = 0;
            while (rows.next()) {
                refused.add(
                        new Refused(
                                rows.getString(1),
                                rows.getString(2),
                                rows.getLong(3),
                                rows.getLong(4)));
                streams = rows.getLong(5);
                events = rows.getLong(6);
            }
            return new Figures(shards, streams, events, refused);
        }
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
