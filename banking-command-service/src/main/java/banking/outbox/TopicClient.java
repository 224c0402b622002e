package banking.outbox;

import banking.events.StreamId;
import banking.events.codec.CloudEvent;
import banking.events.codec.Heartbeat;
import banking.events.codec.RecordedEvent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.Utils;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The Kafka client of one topic. It is not an {@code Emitter}, because it must not wait: what is
 * handed over is answered later, and a topic that is missing is an answer at once.
 */
final class TopicClient {

    private static final Logger LOG = Logger.getLogger(TopicClient.class);

    static final int BATCH_BYTES = 128 * 1024;

    /** How much smaller batches become that a topic finds too large. */
    static final int SMALLER = 8;

    private static final Duration LOOK_AGAIN = Duration.ofMillis(5);
    private static final String EVER = Long.toString(Duration.ofDays(10_000).toMillis());

    private final String topic;
    private final int batchBytes;
    private final KafkaProducer<String, byte[]> producer;
    private final Metric splits;
    private final long impatientAt;
    private volatile boolean open = true;

    /**
     * @param kafka what the application's configuration says of Kafka
     * @throws KafkaException when that makes no client
     */
    TopicClient(Map<String, Object> kafka, OutboxConfig config, String topic, int batchBytes) {
        this.topic = topic;
        this.batchBytes = batchBytes;
        producer =
                new KafkaProducer<>(
                        settings(kafka, config), new StringSerializer(), new ByteArraySerializer());
        splits = splits(producer);
        impatientAt = System.nanoTime() + config.patience().toNanos();
    }

    private Map<String, Object> settings(Map<String, Object> kafka, OutboxConfig config) {
        var settings = new HashMap<>(kafka);
        var timeout = Math.toIntExact(config.deliveryTimeout().toMillis());
        settings.put(ProducerConfig.CLIENT_ID_CONFIG, "relay." + topic);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        // With a second request under way, a record could arrive after the refusal of one before.
        settings.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        settings.put(ProducerConfig.BATCH_SIZE_CONFIG, batchBytes);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, timeout);
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, timeout / 2);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 0);
        settings.put(ProducerConfig.METADATA_MAX_IDLE_CONFIG, EVER);
        return settings;
    }

    private static Metric splits(KafkaProducer<String, byte[]> producer) {
        return producer.metrics().entrySet().stream()
                .filter(metric -> metric.getKey().name().equals("batch-split-total"))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the client counts no splits"))
                .getValue();
    }

    String topic() {
        return topic;
    }

    int batchBytes() {
        return batchBytes;
    }

    boolean isOpen() {
        return open;
    }

    /**
     * The partition that Kafka's own partitioner would choose. A new client waits a moment for what
     * it does not know yet.
     *
     * @throws ApiException when there is no such topic, it is not ours to write to, or nothing is
     *     known of it
     */
    TopicPartition place(StreamId stream) throws InterruptedException {
        var key = stream.toString().getBytes(StandardCharsets.UTF_8);
        return new TopicPartition(topic, Utils.toPositive(Utils.murmur2(key)) % partitions());
    }

    private int partitions() throws InterruptedException {
        while (true) {
            try {
                return producer.partitionsFor(topic).size();
            } catch (TimeoutException e) {
                if (e.getCause() instanceof ApiException told) {
                    throw told;
                }
                if (System.nanoTime() - impatientAt > 0) {
                    throw e;
                }
                TimeUnit.NANOSECONDS.sleep(LOOK_AGAIN.toNanos());
            }
        }
    }

    void send(TopicPartition place, RecordedEvent event, Callback answer) {
        try {
            var _ = producer.send(record(place, event), answer);
        } catch (RuntimeException e) {
            answer.onCompletion(null, e);
        }
    }

    /**
     * @param value null for what is not there any more
     */
    void send(TopicPartition place, String key, byte @Nullable [] value, Callback answer) {
        try {
            var record = new ProducerRecord<>(place.topic(), place.partition(), key, value);
            var _ = producer.send(record, answer);
        } catch (RuntimeException e) {
            answer.onCompletion(null, e);
        }
    }

    /**
     * Hands a heartbeat over; it is not asked for again.
     *
     * @param shard the number of its partition, too
     */
    void beat(int shard, Instant sentAt) throws InterruptedException {
        if (shard < partitions()) {
            var beat = new ProducerRecord<String, byte[]>(topic, shard, null, null);
            Heartbeat.writeHeaders(shard, sentAt, beat.headers()::add);
            var _ =
                    producer.send(
                            beat,
                            (_, failure) -> {
                                if (failure != null) {
                                    LOG.debugf("%s got no heartbeat: %s", topic, failure);
                                }
                            });
        }
    }

    /** All that travels of an event, beside its payload as headers. */
    private static ProducerRecord<String, byte[]> record(
            TopicPartition place, RecordedEvent event) {
        var sent =
                new ProducerRecord<>(
                        place.topic(),
                        place.partition(),
                        event.streamId().toString(),
                        event.event().payload().getBytes(StandardCharsets.UTF_8));
        CloudEvent.writeHeaders(event, sent.headers()::add);
        return sent;
    }

    /**
     * Whether the topic found a batch too large that has several records. The library then sends
     * the same batch again without end, as long as the topic's bound is below the batch's.
     */
    boolean isSplitting() {
        return splits.metricValue() instanceof Double count && count > 0;
    }

    /** Throws away what was not sent. On the client's own thread, nothing is sent from then on. */
    void close() {
        open = false;
        try {
            producer.close(Duration.ZERO);
        } catch (KafkaException e) {
            LOG.debug("what is left of a client goes with the process", e);
        }
    }
}
