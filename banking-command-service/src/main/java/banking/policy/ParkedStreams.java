package banking.policy;

import banking.database.Transactions;
import banking.events.StreamId;
import io.quarkus.panache.common.Page;
import io.quarkus.panache.common.Sort;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The streams that a policy could not cope with. Only where they stopped is kept: the events behind
 * it are in the journal.
 */
@ApplicationScoped
class ParkedStreams {

    private static final UUID BEFORE_ALL = new UUID(0, 0);

    private final Transactions transactions;

    ParkedStreams(Transactions transactions) {
        this.transactions = transactions;
    }

    /**
     * A stream whose events wait.
     *
     * @param since the version of the event that could not be reacted to
     * @param until the version of the newest event that came since
     */
    record Parked(StreamId streamId, long since, long until, String reason, Instant parkedAt) {}

    /**
     * Lets parked streams wait for these events too.
     *
     * @param newest the newest version that has come, by stream
     * @return which of the streams are parked
     */
    Set<StreamId> extend(String policy, Map<StreamId, Long> newest) throws SQLException {
        return transactions.commit(
                transaction -> {
                    var sql =
                            """
                            update parked_stream p set until = greatest(p.until, e.version)
                            from unnest(?::uuid[], ?::bigint[]) as e (stream_id, version)
                            where p.policy = ? and p.stream_id = e.stream_id
                            returning p.stream_id""";
                    var entries = List.copyOf(newest.entrySet());
                    var ids = entries.stream().map(e -> e.getKey().value()).toArray();
                    var versions = entries.stream().map(Map.Entry::getValue).toArray();
                    try (var update = transaction.prepareStatement(sql)) {
                        update.setArray(1, transaction.createArrayOf("uuid", ids));
                        update.setArray(2, transaction.createArrayOf("int8", versions));
                        update.setString(3, policy);
                        var parked = new HashSet<StreamId>();
                        try (var rows = update.executeQuery()) {
                            while (rows.next()) {
                                parked.add(new StreamId(rows.getObject(1, UUID.class)));
                            }
                        }
                        return parked;
                    }
                });
    }

    /** Parks a stream, or says anew where and why a parked one stopped. */
    void park(String policy, StreamId stream, long since, long until, String reason)
            throws SQLException {
        transactions.commit(
                transaction -> {
                    var sql =
                            """
                            insert into parked_stream (policy, stream_id, since, until, reason,
                                parked_at)
                            values (?, ?, ?, ?, ?, now())
                            on conflict on constraint stream_is_parked do update
                            set since = excluded.since, reason = excluded.reason,
                                until = greatest(parked_stream.until, excluded.until)""";
                    try (var insert = transaction.prepareStatement(sql)) {
                        insert.setString(1, policy);
                        insert.setObject(2, stream.value());
                        insert.setLong(3, since);
                        insert.setLong(4, until);
                        insert.setString(5, reason);
                        return insert.executeUpdate();
                    }
                });
    }

    /**
     * @return whether it is free: it stays parked where events have come that were not reacted to
     */
    boolean release(String policy, StreamId stream, long reactedTo) throws SQLException {
        return transactions.commit(
                transaction -> {
                    var sql =
                            """
                            delete from parked_stream
                            where policy = ? and stream_id = ? and until <= ?""";
                    try (var delete = transaction.prepareStatement(sql)) {
                        delete.setString(1, policy);
                        delete.setObject(2, stream.value());
                        delete.setLong(3, reactedTo);
                        return delete.executeUpdate() == 1;
                    }
                });
    }

    long count(String policy) {
        return ParkedStreamRow.count("policy", policy);
    }

    @Nullable Parked find(String policy, StreamId stream) {
        var row =
                ParkedStreamRow.<ParkedStreamRow>findById(
                        new ParkedStreamRow.Key(policy, stream.value()));
        return row == null ? null : row.parked();
    }

    /**
     * @param after the last id of the page before; null for the first page
     */
    List<Parked> page(String policy, @Nullable StreamId after, int limit) {
        var last = after == null ? BEFORE_ALL : after.value();
        return ParkedStreamRow.<ParkedStreamRow>find(
                        "policy = ?1 and streamId > ?2", Sort.by("streamId"), policy, last)
                .page(Page.ofSize(limit))
                .stream()
                .map(ParkedStreamRow::parked)
                .toList();
    }
}
