package banking.projection;

import banking.database.Statements;
import banking.database.Transactions;
import banking.events.StreamId;
import banking.events.codec.ChainKeys;
import banking.parking.Dead;
import banking.parking.Delivery;
import banking.parking.Delivery.Illegible;
import banking.parking.Newest;
import banking.parking.ParkedQueue;
import banking.parking.Parking;
import banking.parking.StoredRecord;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * The one place where views change: events, offsets and what had to be put aside commit together. A
 * batch goes through in one piece; only when the projection fails over what an event holds is it
 * taken again one by one, to find out whose aggregate has to be parked.
 */
final class ProjectionWriter {

    /** How much of an aggregate's queue one transaction has time for, if it does nothing else. */
    static final int MAX_QUEUE = 1_000;

    /** How much beside a batch, which is halved where there is no time, but has one record. */
    private static final int MAX_QUEUE_IN_BATCH = 100;

    private static final int QUEUE_PAGE = 500;

    private final Transactions transactions;
    private final Projection projection;
    private final Offsets offsets;
    private final Parking parking;
    private final Folding folding;

    private final CustomerKeys personal;

    ProjectionWriter(
            Transactions transactions,
            Projection projection,
            ChainKeys keys,
            CustomerKeys personal) {
        this.transactions = transactions;
        this.personal = personal;
        this.projection = projection;
        this.offsets = new Offsets(projection.name(), projection.topic());
        this.parking = new Parking(projection.name());
        this.folding = new Folding(projection, keys, personal);
    }

    Map<Integer, Long> positions(Collection<Integer> partitions) throws SQLException {
        return transactions.single(statements -> offsets.load(statements, partitions));
    }

    /**
     * @throws OffsetMovedException when the batch is not what comes next; nothing has changed
     */
    Round apply(Collection<Span> spans, List<Delivery> deliveries) throws SQLException {
        personal.takeOver(deliveries);
        return togetherOrOneByOne(
                (statements, oneByOne) -> {
                    offsets.advance(statements, spans);
                    var round = folding.take(statements, deliveries, oneByOne);
                    parking.add(statements, round.dead());
                    var moved = round.newestApplied();
                    if (!moved.isEmpty()) {
                        for (var stream : parking.among(statements, moved.keySet())) {
                            var newest = Objects.requireNonNull(moved.get(stream));
                            drain(statements, stream, newest, MAX_QUEUE_IN_BATCH, oneByOne);
                        }
                    }
                    return round;
                });
    }

    /**
     * Goes on at another offset than the one that is next, and leaves a dead record that says so.
     *
     * @param begin where the log begins by now
     * @return what has been passed over
     * @throws OffsetMovedException when {@code from} is not what comes next; nothing has changed
     */
    String passOver(int partition, long from, long begin) throws SQLException {
        var reason =
                begin > from
                        ? "the records "
                                + from
                                + " to "
                                + (begin - 1)
                                + " are gone: the log begins at "
                                + begin
                        : "the log has no record "
                                + from
                                + ": it was made anew and is read from "
                                + begin;
        return transactions.commit(
                statements -> {
                    offsets.advance(statements, List.of(new Span(partition, from, begin)));
                    var place =
                            new ConsumerRecord<byte[], byte[]>(
                                    projection.topic(), partition, from, null, null);
                    parking.add(
                            statements,
                            List.of(new Dead(new Illegible(place, null, reason), reason)));
                    return reason;
                });
    }

    /**
     * Tries a parked aggregate's queue again, in as many transactions as it takes.
     *
     * @return empty when the aggregate is not parked
     */
    Optional<Replay> replay(StreamId stream) throws SQLException {
        var all = replayPart(stream, MAX_QUEUE);
        while (all.isPresent() && all.get().isUnfinished()) {
            var before = all.get();
            var next = replayPart(stream, MAX_QUEUE).orElseGet(() -> new Replay(0, 0, null));
            all =
                    Optional.of(
                            new Replay(
                                    before.applied() + next.applied(),
                                    next.queued(),
                                    next.reason()));
            if (next.queued() >= before.queued()) {
                break;
            }
        }
        return all;
    }

    /** Tries at most so many records of a parked aggregate's queue again, in one transaction. */
    Optional<Replay> replayPart(StreamId stream, int most) throws SQLException {
        return togetherOrOneByOne(
                (statements, oneByOne) -> {
                    var partition = parking.partitionOf(statements, stream);
                    if (partition.isEmpty()) {
                        return Optional.empty();
                    }
                    // From here on the projection's own writing of this partition waits.
                    offsets.hold(statements, partition.get());
                    return Optional.of(drain(statements, stream, Newest.NONE, most, oneByOne));
                });
    }

    /**
     * Applies what waits behind an aggregate, as far as it goes without a gap; where that is more
     * than is to be tried, {@link LongQueues} goes on.
     *
     * @param newest how far the aggregate has just moved on
     */
    private Replay drain(
            Statements statements, StreamId stream, Newest newest, int most, boolean oneByOne)
            throws SQLException {
        long applied = 0;
        boolean gap = false;
        Dead first = null;
        var queue = new ParkedQueue(statements, projection.name(), stream);
        var place = StoredRecord.Place.START;
        for (int seen = 0; seen < most && !gap; seen += QUEUE_PAGE) {
            var page = queue.page(place, Math.min(QUEUE_PAGE, most - seen));
            if (page.isEmpty()) {
                break;
            }
            place = page.getLast().place();
            var deliveries = page.stream().map(stored -> Delivery.read(stored.kafka())).toList();
            var round = folding.take(statements, deliveries, oneByOne);
            queue.remove(page, round.dead());
            applied += round.applied().size();
            newest = newest.max(round.newestApplied().getOrDefault(stream, Newest.NONE));
            gap = round.hasGap();
            first = firstLeft(first, round.dead(), newest);
        }
        queue.removePassed(newest);
        long queued = queue.settle(first == null ? "" : first.reason());
        return new Replay(applied, queued, queued == 0 || first == null ? null : first.reason());
    }

    private static @Nullable Dead firstLeft(@Nullable Dead before, List<Dead> dead, Newest newest) {
        return before != null && !newest.isBeyond(before)
                ? before
                : dead.stream().filter(d -> !newest.isBeyond(d)).findFirst().orElse(null);
    }

    private interface Work<T> {
        T in(Statements statements, boolean oneByOne) throws SQLException;
    }

    private <T> T togetherOrOneByOne(Work<T> work) throws SQLException {
        try {
            return commit(work, false);
        } catch (FaultException e) {
            return commit(work, true);
        }
    }

    /**
     * What a projection reads and writes, it finds by indexes. Its plans are made once, at first
     * when there are few rows, of which reading them all is cheapest: for as long as that.
     */
    private <T> T commit(Work<T> work, boolean oneByOne) throws SQLException {
        return transactions.commit(
                statements -> {
                    statements.write("set local enable_seqscan = off");
                    return work.in(statements, oneByOne);
                });
    }
}
