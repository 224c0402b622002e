package banking.projection;

import banking.events.StreamId;
import io.quarkus.narayana.jta.QuarkusTransaction;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The one place where views change: events, offsets and what had to be put aside commit together. A
 * batch goes through in one piece; only when the projection fails over what an event holds is it
 * taken again one by one, to find out whose aggregate has to be parked.
 */
final class ProjectionWriter {

    /** Bounds a transaction that never ends; far longer than the fullest batch takes. */
    private static final int TRANSACTION_TIMEOUT_SECONDS = 240;

    private static final int QUEUE_PAGE = 500;

    /** How much of an aggregate's queue one transaction works off; the rest is for a replay. */
    private static final int MAX_QUEUE_PER_TRANSACTION = 100_000;

    private static final long NONE_APPLIED = -1;

    private final DataSource database;
    private final Projection projection;
    private final Offsets offsets;
    private final Parking parking;
    private final Folding folding;

    ProjectionWriter(DataSource database, Projection projection) {
        this.database = database;
        this.projection = projection;
        this.offsets = new Offsets(projection.name(), projection.topic());
        this.parking = new Parking(projection.name());
        this.folding = new Folding(projection);
    }

    /**
     * @param applied how many events the views took in
     * @param queued how many records still wait
     * @param reason why the first of those could not be applied
     */
    record Replay(long applied, long queued, @Nullable String reason) {}

    /** The offset that comes next in each of the partitions. */
    Map<Integer, Long> positions(Collection<Integer> partitions) {
        return transaction(connection -> offsets.load(connection, partitions));
    }

    /**
     * @throws OffsetMovedException when the batch is not what comes next; nothing has changed
     */
    Round apply(Collection<Span> spans, List<Delivery> deliveries) {
        return togetherOrOneByOne(
                (connection, oneByOne) -> {
                    var statements = new Statements(connection);
                    offsets.advance(statements, spans);
                    var round = folding.take(connection, statements, deliveries, oneByOne);
                    parking.add(connection, round.dead());
                    var moved = round.newestApplied();
                    if (moved.isEmpty()) {
                        return round;
                    }
                    for (var stream : parking.among(connection, moved.keySet())) {
                        long newest = Objects.requireNonNull(moved.get(stream));
                        drain(connection, stream, newest, oneByOne);
                    }
                    return round;
                });
    }

    /** Tries a parked aggregate's queue again; empty when the aggregate is not parked. */
    Optional<Replay> replay(StreamId stream) {
        return togetherOrOneByOne(
                (connection, oneByOne) -> {
                    var partition = parking.partitionOf(connection, stream);
                    if (partition == null) {
                        return Optional.empty();
                    }
                    // From here on the projection's own writing of this partition waits.
                    offsets.hold(connection, partition);
                    return Optional.of(drain(connection, stream, NONE_APPLIED, oneByOne));
                });
    }

    /**
     * Applies what waits behind an aggregate, as far as it goes without a gap.
     *
     * @param newest the highest offset among the events that the aggregate has just taken in
     */
    private Replay drain(Connection connection, StreamId stream, long newest, boolean oneByOne)
            throws SQLException {
        long applied = 0;
        boolean gap = false;
        String reason = null;
        var queue = new ParkedQueue(connection, projection.name(), stream);
        var place = StoredRecord.Place.START;
        for (int seen = 0; seen < MAX_QUEUE_PER_TRANSACTION && !gap; seen += QUEUE_PAGE) {
            var page = queue.page(place, QUEUE_PAGE);
            if (page.isEmpty()) {
                break;
            }
            place = page.getLast().place();
            var deliveries = page.stream().map(stored -> Delivery.read(stored.kafka())).toList();
            var round = folding.take(connection, new Statements(connection), deliveries, oneByOne);
            queue.remove(page, round.dead());
            applied += round.applied().size();
            newest = Math.max(newest, round.newestApplied().getOrDefault(stream, NONE_APPLIED));
            gap = round.hasGap();
            reason = reason == null && !round.dead().isEmpty() ? first(round) : reason;
        }
        queue.removeNameless(newest);
        long queued = queue.settle(reason);
        return new Replay(applied, queued, queued == 0 ? null : reason);
    }

    private static String first(Round round) {
        return round.dead().getFirst().reason();
    }

    private interface Work<T> {
        T in(Connection connection, boolean oneByOne) throws SQLException;
    }

    private <T> T togetherOrOneByOne(Work<T> work) {
        try {
            return transaction(connection -> work.in(connection, false));
        } catch (FaultException e) {
            return transaction(connection -> work.in(connection, true));
        }
    }

    private interface Step<T> {
        T in(Connection connection) throws SQLException;
    }

    private <T> T transaction(Step<T> step) {
        return QuarkusTransaction.requiringNew()
                .timeout(TRANSACTION_TIMEOUT_SECONDS)
                .call(
                        () -> {
                            try (var connection = database.getConnection()) {
                                return step.in(connection);
                            }
                        });
    }
}
