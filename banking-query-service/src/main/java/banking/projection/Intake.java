package banking.projection;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;

/**
 * Takes one projection's batches in, in order, however often it has to try. Where a partition goes
 * on is known from the read database alone: what lies before that place is a repeat, and what lies
 * beyond it was read too early and has to be read again.
 */
final class Intake {

    private static final Logger LOG = Logger.getLogger(Intake.class);

    private final Projection projection;
    private final ProjectionConfig config;
    private final ProjectionWriter writer;
    private final Consumer<Round> applied;
    private final Progress progress;
    private final CountDownLatch stopping = new CountDownLatch(1);

    /** Where each partition that is ours goes on; one thread polls and another takes batches in. */
    private final Map<TopicPartition, Long> positions = new ConcurrentHashMap<>();

    Intake(
            Projection projection,
            ProjectionConfig config,
            ProjectionWriter writer,
            Consumer<Round> applied,
            Progress progress) {
        this.projection = projection;
        this.config = config;
        this.writer = writer;
        this.applied = applied;
        this.progress = progress;
    }

    /** Ends every wait; a batch that could not be applied by then stays with Kafka. */
    void stop() {
        stopping.countDown();
        progress.stopped();
    }

    /**
     * Takes over partitions.
     *
     * @return where to read each of them from; empty only when the process stops
     */
    Map<TopicPartition, Long> assigned(Collection<TopicPartition> partitions) {
        var backoff = new Backoff(config.minBackoff(), config.maxBackoff());
        while (running()) {
            try {
                var stored = stored(Set.copyOf(partitions));
                positions.putAll(stored);
                progress.well();
                return stored;
            } catch (RuntimeException e) {
                failed(e, backoff.next());
            }
        }
        return Map.of();
    }

    /** Gives partitions up; what is still on its way from them counts no more. */
    void revoked(Collection<TopicPartition> partitions) {
        partitions.forEach(positions::remove);
    }

    /**
     * Returns when the batch is applied, by this process or another.
     *
     * @return the partitions that have to be read from elsewhere, and from where
     */
    Map<TopicPartition, Long> take(ConsumerRecords<byte[], byte[]> records) {
        var backoff = new Backoff(config.minBackoff(), config.maxBackoff());
        var again = new HashMap<TopicPartition, Long>();
        var inDoubt = false;
        while (running()) {
            try {
                if (inDoubt) {
                    again.putAll(lookAgain());
                }
                again.putAll(apply(records));
                again.replaceAll((partition, next) -> positions.getOrDefault(partition, next));
                progress.well();
                return again;
            } catch (OffsetMovedException e) {
                LOG.infof("%s looks where it stands: %s", projection.name(), e.getMessage());
                inDoubt = true;
            } catch (RuntimeException e) {
                failed(e, backoff.next());
                inDoubt = true;
            }
        }
        return Map.of();
    }

    /** Those of our partitions that go on elsewhere than we thought: somebody else moved them. */
    private Map<TopicPartition, Long> lookAgain() {
        var moved = new HashMap<TopicPartition, Long>();
        stored(Set.copyOf(positions.keySet()))
                .forEach(
                        (partition, next) -> {
                            var thought = positions.replace(partition, next);
                            if (thought != null && !thought.equals(next)) {
                                moved.put(partition, next);
                            }
                        });
        return moved;
    }

    private Map<TopicPartition, Long> apply(ConsumerRecords<byte[], byte[]> records) {
        var early = new HashMap<TopicPartition, Long>();
        var spans = new HashMap<TopicPartition, Span>();
        var deliveries = new ArrayList<Delivery>(records.count());
        for (var partition : records.partitions()) {
            var from = positions.get(partition);
            var read = records.records(partition);
            if (from == null || read.getLast().offset() < from) {
                continue;
            }
            if (read.getFirst().offset() > from) {
                early.put(partition, from);
                continue;
            }
            read.stream()
                    .filter(r -> r.offset() >= from)
                    .map(Delivery::read)
                    .forEach(deliveries::add);
            spans.put(
                    partition, new Span(partition.partition(), from, read.getLast().offset() + 1));
        }
        if (!spans.isEmpty()) {
            var round = writer.apply(spans.values(), deliveries);
            spans.forEach(
                    (partition, span) -> positions.replace(partition, span.from(), span.next()));
            applied.accept(round);
        }
        return early;
    }

    private Map<TopicPartition, Long> stored(Set<TopicPartition> partitions) {
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

    private void failed(RuntimeException failure, Duration pause) {
        progress.failed(failure);
        LOG.errorf(failure, "%s tries again in %s", projection.name(), pause);
        try {
            // True only when the process stops, which whoever waits here sees for itself.
            var _ = stopping.await(pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stop();
        }
    }
}
