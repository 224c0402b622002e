package banking.projection;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Takes one projection's events in, batch by batch and in order, with a consumer and a thread of
 * its own: one that stands still holds up no other. Where a partition goes on is known from the
 * read database alone, so after whatever failure it is read again from there.
 */
final class Intake implements Runnable, ConsumerRebalanceListener {

    private static final Logger LOG = Logger.getLogger(Intake.class);
    private static final Duration POLL = Duration.ofMillis(200);

    /** What is told to Kafka at the end only shows lag. */
    private static final Duration CLOSE = Duration.ofMillis(500);

    private final Projection projection;
    private final Map<String, Object> kafka;
    private final ProjectionConfig config;
    private final ProjectionWriter writer;
    private final Consumer<Round> applied;
    private final Progress progress;
    private final MeterRegistry registry;
    private final Thread thread;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private volatile @Nullable KafkaConsumer<byte[], byte[]> consumer;

    /** Where those of our partitions go on that are not in doubt; nothing is read of the others. */
    private final Map<TopicPartition, Long> positions = new HashMap<>();

    /**
     * @param kafka the consumer's settings
     * @param applied is told what every batch came to, once it is committed
     */
    Intake(
            Projection projection,
            Map<String, Object> kafka,
            ProjectionConfig config,
            ProjectionWriter writer,
            Consumer<Round> applied,
            Progress progress,
            MeterRegistry registry) {
        this.projection = projection;
        this.kafka = kafka;
        this.config = config;
        this.writer = writer;
        this.applied = applied;
        this.progress = progress;
        this.registry = registry;
        // One that hangs must not keep the process from ending.
        thread =
                Thread.ofPlatform()
                        .daemon()
                        .name("projection-" + projection.name())
                        .unstarted(this);
    }

    void start() {
        thread.start();
    }

    /** Ends every wait; a batch that is not applied by then is read again by whoever comes next. */
    void stop() {
        stopping.countDown();
        var connected = consumer;
        if (connected != null) {
            connected.wakeup();
        }
    }

    /**
     * Waits for the end after {@link #stop}.
     *
     * @return whether it has come in time
     */
    boolean ends(Duration within) throws InterruptedException {
        return thread.join(within);
    }

    @Override
    public void run() {
        var backoff = backoff();
        try {
            while (running()) {
                try {
                    follow();
                } catch (WakeupException e) {
                    LOG.debugf("%s is told to stop", projection.name());
                } catch (RuntimeException e) {
                    LOG.errorf(e, "%s begins again with a new consumer", projection.name());
                    progress.failed(e);
                    rest(backoff.next());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            progress.stopped();
        }
    }

    private void follow() throws InterruptedException {
        var connected =
                new KafkaConsumer<>(
                        kafka, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        try (var metrics = new KafkaClientMetrics(connected)) {
            metrics.bindTo(registry);
            consumer = connected;
            positions.clear();
            connected.subscribe(List.of(projection.topic()), this);
            follow(connected);
        } finally {
            connected.close(CloseOptions.timeout(CLOSE));
        }
    }

    private void follow(KafkaConsumer<byte[], byte[]> connected) throws InterruptedException {
        var backoff = backoff();
        while (running()) {
            try {
                takeNext(connected);
                backoff = backoff();
            } catch (OffsetMovedException e) {
                LOG.debugf("%s looks where it stands: %s", projection.name(), e.getMessage());
                doubt(connected);
            } catch (SQLException e) {
                LOG.debugf(e, "%s tries again", projection.name());
                progress.failed(e);
                doubt(connected);
                rest(backoff.next());
            }
        }
    }

    /** Polls before all else: whoever does not poll for minutes is put out of the group. */
    private void takeNext(KafkaConsumer<byte[], byte[]> connected) throws SQLException {
        try {
            var inDoubt = positions.size() < connected.assignment().size();
            var records = connected.poll(inDoubt ? Duration.ZERO : POLL);
            place(connected);
            take(records);
        } catch (OffsetOutOfRangeException e) {
            passOver(connected, e.offsetOutOfRangePartitions().keySet());
        }
        if (progress.hasBegun()) {
            progress.well();
        }
    }

    /** From here on nothing is read until the database has said where everything goes on. */
    private void doubt(KafkaConsumer<byte[], byte[]> connected) {
        positions.clear();
        connected.pause(connected.assignment());
    }

    private void place(KafkaConsumer<byte[], byte[]> connected) throws SQLException {
        var unplaced = new HashSet<>(connected.assignment());
        unplaced.removeAll(positions.keySet());
        if (unplaced.isEmpty()) {
            return;
        }
        var numbers = unplaced.stream().map(TopicPartition::partition).toList();
        writer.positions(numbers)
                .forEach(
                        (number, next) -> {
                            connected.seek(partition(number), next);
                            positions.put(partition(number), next);
                        });
        connected.resume(unplaced);
    }

    /**
     * The consumer reads without gaps: where there is no record before the next offset, there was
     * but a mark of Kafka's own, or what it has cleaned away.
     */
    private void take(ConsumerRecords<byte[], byte[]> records) throws SQLException {
        var spans = new ArrayList<Span>();
        var deliveries = new ArrayList<Delivery>(records.count());
        records.nextOffsets()
                .forEach(
                        (partition, next) -> {
                            var from = positions.get(partition);
                            if (from != null) {
                                spans.add(new Span(partition.partition(), from, next.offset()));
                                records.records(partition)
                                        .forEach(r -> deliveries.add(Delivery.read(r)));
                            }
                        });
        if (spans.isEmpty()) {
            return;
        }
        var round = writer.apply(spans, deliveries);
        spans.forEach(span -> positions.put(partition(span.partition()), span.next()));
        applied.accept(round);
    }

    private TopicPartition partition(int number) {
        return new TopicPartition(projection.topic(), number);
    }

    /**
     * Goes on where the log begins when it no longer has what would be next, because somebody has
     * deleted it. The aggregates whose versions then have a gap are parked; all others go on.
     */
    private void passOver(KafkaConsumer<byte[], byte[]> connected, Set<TopicPartition> gone)
            throws SQLException {
        for (var start : connected.beginningOffsets(gone, config.logEndTimeout()).entrySet()) {
            var partition = start.getKey();
            var from = positions.get(partition);
            if (from != null) {
                var reason = writer.passOver(partition.partition(), from, start.getValue());
                LOG.errorf("%s: %s: %s", projection.name(), partition, reason);
                connected.seek(partition, start.getValue());
                positions.put(partition, start.getValue());
            }
        }
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        var connected = consumer;
        if (connected != null) {
            connected.pause(partitions);
            // Anywhere, so that Kafka is not asked; they go on where the database says.
            partitions.forEach(partition -> connected.seek(partition, 0));
        }
        progress.assigned(partitions);
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        partitions.forEach(positions::remove);
        progress.revoked(partitions);
    }

    private Backoff backoff() {
        return new Backoff(config.minBackoff(), config.maxBackoff());
    }

    private boolean running() {
        return stopping.getCount() > 0;
    }

    private void rest(Duration pause) throws InterruptedException {
        // True only when the process stops, which whoever waits here sees for itself.
        var _ = stopping.await(pause.toMillis(), TimeUnit.MILLISECONDS);
    }
}
