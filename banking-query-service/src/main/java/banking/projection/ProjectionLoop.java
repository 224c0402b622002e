package banking.projection;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Reads one projection's topic, on one thread: poll, apply, poll again. Where a partition goes on
 * is known from the read database alone; after anything that went wrong the loop forgets it, loads
 * it again and seeks there, so a batch is never lost and never held.
 *
 * <p>It polls for itself, since a messaging connector reads ahead into a queue that a seek cannot
 * call back.
 */
final class ProjectionLoop implements Runnable {

    private static final Logger LOG = Logger.getLogger(ProjectionLoop.class);

    private final Projection projection;
    private final ProjectionConfig config;
    private final ProjectionWriter writer;
    private final Supplier<KafkaConsumer<byte[], byte[]>> consumers;
    private final Consumer<Round> applied;
    private final Progress progress;
    private final Backoff backoff;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Thread thread;
    private volatile @Nullable KafkaConsumer<byte[], byte[]> consumer;

    /** Where each partition goes on; only the loop's thread looks at it. */
    private final Map<Integer, Long> positions = new HashMap<>();

    ProjectionLoop(
            Projection projection,
            ProjectionConfig config,
            ProjectionWriter writer,
            Supplier<KafkaConsumer<byte[], byte[]>> consumers,
            Consumer<Round> applied,
            Progress progress) {
        this.projection = projection;
        this.config = config;
        this.writer = writer;
        this.consumers = consumers;
        this.applied = applied;
        this.progress = progress;
        this.backoff = new Backoff(config.minBackoff(), config.maxBackoff());
        this.thread = Thread.ofPlatform().name("projection-" + projection.name()).unstarted(this);
    }

    void start() {
        thread.start();
    }

    /** Finishes the batch in hand and leaves the group. */
    void stop() throws InterruptedException {
        stopping.countDown();
        var polling = consumer;
        if (polling != null) {
            polling.wakeup();
        }
        thread.join(config.stopTimeout());
    }

    @Override
    public void run() {
        try {
            while (running()) {
                try {
                    consume();
                } catch (WakeupException e) {
                    LOG.debugf("%s was woken to stop", projection.name());
                } catch (RuntimeException e) {
                    failed(e);
                }
            }
        } finally {
            progress.stopped();
        }
    }

    private boolean running() {
        return stopping.getCount() > 0;
    }

    private void consume() {
        var polling = consumers.get();
        consumer = polling;
        try {
            polling.subscribe(List.of(projection.topic()), new Forget());
            while (running()) {
                var records = polling.poll(config.pollTimeout());
                try {
                    apply(polling, records);
                    progress.well();
                    backoff.reset();
                } catch (OffsetMovedException e) {
                    LOG.infof("%s goes back: %s", projection.name(), e.getMessage());
                    positions.clear();
                } catch (RuntimeException e) {
                    positions.clear();
                    failed(e);
                }
            }
        } finally {
            consumer = null;
            positions.clear();
            polling.close(
                    CloseOptions.groupMembershipOperation(GroupMembershipOperation.LEAVE_GROUP));
        }
    }

    private void failed(RuntimeException failure) {
        var pause = backoff.next();
        progress.failed(failure);
        LOG.errorf(failure, "%s tries again in %s", projection.name(), pause);
        pause(pause);
    }

    private void pause(Duration pause) {
        try {
            // True only when the process stops, which the loop sees for itself.
            var _ = stopping.await(pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            stopping.countDown();
        }
    }

    private void apply(
            KafkaConsumer<byte[], byte[]> polling, ConsumerRecords<byte[], byte[]> records) {
        var unknown = position(polling);
        var spans = new ArrayList<Span>();
        var deliveries = new ArrayList<Delivery>(records.count());
        for (var partition : records.partitions()) {
            var from = positions.get(partition.partition());
            if (from == null || unknown.contains(partition.partition())) {
                continue;
            }
            for (var kafka : records.records(partition)) {
                deliveries.add(Delivery.read(kafka));
            }
            spans.add(
                    new Span(
                            partition.partition(),
                            from,
                            Objects.requireNonNull(records.nextOffsets().get(partition)).offset()));
        }
        if (!spans.isEmpty()) {
            var round = writer.apply(spans, deliveries);
            spans.forEach(span -> positions.put(span.partition(), span.next()));
            applied.accept(round);
        }
        for (var partition : positions.keySet()) {
            polling.currentLag(topicPartition(partition))
                    .ifPresent(lag -> progress.lag(partition, lag));
        }
    }

    /**
     * Seeks to where partitions go on that have just been assigned, or whose place is in doubt.
     *
     * @return those partitions; what has been polled of them does not count
     */
    private Set<Integer> position(KafkaConsumer<byte[], byte[]> polling) {
        var unknown = new HashSet<Integer>();
        for (var partition : polling.assignment()) {
            if (!positions.containsKey(partition.partition())) {
                unknown.add(partition.partition());
            }
        }
        if (!unknown.isEmpty()) {
            writer.positions(unknown)
                    .forEach(
                            (partition, next) -> {
                                polling.seek(topicPartition(partition), next);
                                positions.put(partition, next);
                            });
        }
        return unknown;
    }

    private TopicPartition topicPartition(int partition) {
        return new TopicPartition(projection.topic(), partition);
    }

    /** What is known of a partition ends where its assignment ends or starts. */
    private final class Forget implements ConsumerRebalanceListener {

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            forget(partitions);
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            forget(partitions);
        }

        private void forget(Collection<TopicPartition> partitions) {
            for (var partition : partitions) {
                positions.remove(partition.partition());
                progress.lost(partition.partition());
            }
        }
    }
}
