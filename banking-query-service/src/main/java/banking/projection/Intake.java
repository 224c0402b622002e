package banking.projection;

import banking.database.Backoff;
import banking.story.StoryLog;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Takes one projection's batches in, in order, however often it has to try. Where a partition goes
 * on is known from the read database alone: what lies before that place is a repeat, and what lies
 * beyond it was read too early and is read again, unless the log has nothing in between.
 */
final class Intake {

    private static final Logger LOG = Logger.getLogger(Intake.class);

    private final Projection projection;
    private final ProjectionConfig config;
    private final Backoff backoff;
    private final ProjectionWriter writer;
    private final java.util.function.Consumer<Round> applied;
    private final Progress progress;
    private final CountDownLatch stopping = new CountDownLatch(1);

    /** One thread polls and another takes batches in. */
    private final Set<TopicPartition> ours = ConcurrentHashMap.newKeySet();

    /** Where those of our partitions go on of which the database has said it. */
    private final Map<TopicPartition, Long> positions = new ConcurrentHashMap<>();

    /** With which offset a batch has begun that was too early, until it is read again. */
    private final Map<TopicPartition, Long> early = new ConcurrentHashMap<>();

    /**
     * @param applied is told what every batch came to, once it is committed
     */
    Intake(
            Projection projection,
            ProjectionConfig config,
            ProjectionWriter writer,
            java.util.function.Consumer<Round> applied,
            Progress progress) {
        this.projection = projection;
        this.config = config;
        this.writer = writer;
        backoff = new Backoff(config.minBackoff(), config.maxBackoff());
        this.applied = applied;
        this.progress = progress;
    }

    /** Ends every wait; a batch that is not applied by then is read again by whoever comes next. */
    void stop() {
        stopping.countDown();
        progress.stopped();
    }

    /**
     * Takes over partitions, on the thread that polls. Nobody polls meanwhile, so the database has
     * only so long to say where they go on; if it does not, they are read from their beginning, and
     * the first batch looks again.
     */
    void assigned(Consumer<?, ?> kafka, Collection<TopicPartition> partitions) {
        revoked(partitions);
        ours.addAll(partitions);
        progress.assigned(partitions);
        if (!partitions.isEmpty()) {
            var known = storedInTime(partitions);
            partitions.forEach(
                    partition -> kafka.seek(partition, known.getOrDefault(partition, 0L)));
            positions.putAll(known);
        }
    }

    private Map<TopicPartition, Long> storedInTime(Collection<TopicPartition> partitions) {
        int failures = 0;
        long begun = System.nanoTime();
        while (running() && System.nanoTime() - begun < config.placeTimeout().toNanos()) {
            try {
                return stored(partitions);
            } catch (SQLException e) {
                LOG.debugf(e, "%s does not know yet where to go on", projection.name());
                rest(backoff.after(++failures));
            }
        }
        return Map.of();
    }

    /** Gives partitions up; what is still on its way from them counts no more. */
    void revoked(Collection<TopicPartition> partitions) {
        partitions.forEach(
                partition -> {
                    ours.remove(partition);
                    positions.remove(partition);
                    early.remove(partition);
                });
        progress.revoked(partitions);
    }

    /**
     * Returns when the batch is applied, by this process or another, or will be read again; never
     * with a failure.
     */
    void take(ConsumerRecords<byte[], byte[]> records, Reading reading) {
        int failures = 0;
        var inDoubt = !positions.keySet().containsAll(ours);
        // A batch may be more than a transaction has time for, whatever holds it up.
        int most = Math.max(1, records.count());
        while (running()) {
            try {
                if (inDoubt) {
                    look(reading);
                }
                var complete = apply(records, most, reading);
                progress.well();
                if (complete) {
                    return;
                }
                inDoubt = false;
                failures = 0;
                most = Math.min(records.count(), 2 * most);
            } catch (OffsetMovedException e) {
                LOG.debugf("%s looks where it stands: %s", projection.name(), e.getMessage());
                inDoubt = true;
                rest(backoff.after(++failures));
            } catch (SQLException | RuntimeException e) {
                LOG.debugf(e, "%s tries again", projection.name());
                progress.failed(e);
                most = Math.max(1, most / 2);
                inDoubt = true;
                rest(backoff.after(++failures));
            }
        }
    }

    /** Reads those of our partitions on from elsewhere that go on elsewhere than we thought. */
    private void look(Reading reading) throws SQLException {
        var moved = stored(Set.copyOf(ours));
        moved.entrySet().removeIf(now -> now.getValue().equals(positions.get(now.getKey())));
        reading.seek(moved);
        moved.forEach(
                (partition, next) -> {
                    positions.put(partition, next);
                    early.remove(partition);
                });
    }

    /**
     * Applies so many records at most in one transaction.
     *
     * @return whether those were all
     */
    private boolean apply(ConsumerRecords<byte[], byte[]> records, int most, Reading reading)
            throws SQLException {
        var complete = true;
        var portion = new Portion(Math.min(most, records.count()));
        for (var partition : records.partitions()) {
            var read = records.records(partition);
            // Behind the last record there may be marks of Kafka's own.
            var after = records.nextOffsets().get(partition);
            long next = after == null ? read.getLast().offset() + 1 : after.offset();
            var from = start(partition, read.getFirst().offset(), next, reading);
            if (from == null) {
                continue;
            }
            var left = read.stream().filter(r -> r.offset() >= from).toList();
            complete &= portion.take(partition, left, from, next);
        }
        if (!portion.isEmpty()) {
            var round = writer.apply(portion.spans(), portion.deliveries());
            portion.eachSpan(
                    (partition, span) -> positions.replace(partition, span.from(), span.next()));
            applied.accept(round);
            StoryLog.tell(round.applied(), "was projected by " + projection.name());
        }
        return complete;
    }

    /**
     * Where the views take in what was read of a partition; null where they do not.
     *
     * @param first the offset of its first record
     * @param next the offset after it
     */
    private @Nullable Long start(TopicPartition partition, long first, long next, Reading reading)
            throws SQLException {
        var from = ours.contains(partition) ? positions.get(partition) : null;
        if (from == null || (first <= from && from < next)) {
            return from;
        }
        if (first > from) {
            var before = early.remove(partition);
            if (before != null && first <= before) {
                // It was read from the place on, so the log has nothing in between.
                return from;
            }
            if (reading.begin(partition) <= from) {
                reading.seek(Map.of(partition, from));
                early.put(partition, first);
                return null;
            }
        } else if (reading.end(partition) >= from) {
            return null;
        }
        passOver(partition, from, reading);
        return start(partition, first, next, reading);
    }

    /**
     * Goes on where the log begins when it has not what would be next, because somebody has deleted
     * it. The aggregates whose versions then have a gap are parked; all others go on.
     */
    private void passOver(TopicPartition partition, long from, Reading reading)
            throws SQLException {
        long begin = reading.begin(partition);
        var reason = writer.passOver(partition.partition(), from, begin);
        LOG.errorf("%s: %s: %s", projection.name(), partition, reason);
        positions.replace(partition, from, begin);
    }

    private Map<TopicPartition, Long> stored(Collection<TopicPartition> partitions)
            throws SQLException {
        return writer
                .positions(partitions.stream().map(TopicPartition::partition).toList())
                .entrySet()
                .stream()
                .collect(
                        Collectors.toMap(
                                e -> new TopicPartition(projection.topic(), e.getKey()),
                                Map.Entry::getValue));
    }

    private boolean running() {
        return stopping.getCount() > 0;
    }

    private void rest(Duration pause) {
        try {
            // True only when the process stops, which whoever waits here sees for itself.
            var _ = stopping.await(pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stop();
        }
    }
}
