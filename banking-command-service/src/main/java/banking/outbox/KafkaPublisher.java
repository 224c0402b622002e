package banking.outbox;

import banking.events.StreamId;
import banking.events.Topic;
import banking.events.codec.CloudEvent;
import banking.events.codec.WrittenEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
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
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/**
 * The relay's Kafka client. It is not an {@code Emitter}, because nothing here may wait: what is
 * handed over is answered later, and a topic that is missing is an answer at once.
 */
@ApplicationScoped
class KafkaPublisher {

    private static final Duration LOOK_AGAIN = Duration.ofMillis(5);
    private static final String EVER = Long.toString(Duration.ofDays(10_000).toMillis());

    private final Map<String, Object> settings;
    private final OutboxConfig config;
    private volatile @Nullable KafkaProducer<String, byte[]> producer;
    private volatile boolean aborted;

    /** What Kafka has answered by now, in whatever matter, and when that was noticed. */
    private double answers;

    private long heardAt = System.nanoTime();

    /**
     * @param kafka what the application's configuration says of Kafka
     */
    KafkaPublisher(
            @Identifier("default-kafka-broker") Map<String, Object> kafka, OutboxConfig config) {
        this.config = config;
        settings = new HashMap<>(kafka);
        var timeout = Math.toIntExact(config.deliveryTimeout().toMillis());
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        // With a second request under way, a record could arrive after the refusal of one before.
        settings.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        settings.put(ProducerConfig.BATCH_SIZE_CONFIG, 128 * 1024);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, timeout);
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, timeout / 2);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 0);
        settings.put(ProducerConfig.METADATA_MAX_IDLE_CONFIG, EVER);
    }

    /**
     * Returns once Kafka has said which topics there are; at no cost where it has, and nothing was
     * aborted since.
     *
     * @throws KafkaException when it does not answer in time
     */
    void connect() throws InterruptedException {
        if (producer != null && !aborted) {
            return;
        }
        close();
        var connected =
                new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
        producer = connected;
        aborted = false;
        answers = 0;
        var giveUpAt = System.nanoTime() + config.answerTimeout().toNanos();
        while (!areDecided(connected)) {
            if (System.nanoTime() - giveUpAt > 0) {
                throw new KafkaException("Kafka does not answer");
            }
            TimeUnit.NANOSECONDS.sleep(LOOK_AGAIN.toNanos());
        }
    }

    /** Asks for all of them at once, each time. */
    private static boolean areDecided(KafkaProducer<String, byte[]> connected) {
        return Topic.ALL.stream().filter(topic -> !isDecided(connected, topic)).count() == 0;
    }

    private static boolean isDecided(KafkaProducer<String, byte[]> connected, String topic) {
        try {
            return !connected.partitionsFor(topic).isEmpty();
        } catch (TimeoutException e) {
            return e.getCause() != null;
        } catch (ApiException e) {
            return true;
        }
    }

    /**
     * Where Kafka keeps the stream: on the partition that its own partitioner would choose.
     *
     * @throws ApiException when there is no such topic, or it is not ours to write to
     */
    TopicPartition place(String topic, StreamId stream) {
        try {
            var key = stream.toString().getBytes(StandardCharsets.UTF_8);
            var partitions = connected().partitionsFor(topic).size();
            return new TopicPartition(topic, Utils.toPositive(Utils.murmur2(key)) % partitions);
        } catch (TimeoutException e) {
            throw e.getCause() instanceof ApiException told
                    ? told
                    : new UnknownTopicOrPartitionException(topic);
        }
    }

    /**
     * Hands an event over. Those of one place are sent in this order.
     *
     * @param answer gets the acknowledgement or the refusal, on the client's thread or this one
     */
    void send(TopicPartition place, WrittenEvent event, Callback answer) {
        try {
            var _ = connected().send(record(place, event), answer);
        } catch (RuntimeException e) {
            answer.onCompletion(null, e);
        }
    }

    /** All that travels of an event, beside its payload as headers. */
    private static ProducerRecord<String, byte[]> record(TopicPartition place, WrittenEvent event) {
        var sent =
                new ProducerRecord<>(
                        place.topic(),
                        place.partition(),
                        event.streamId().toString(),
                        event.payload().getBytes(StandardCharsets.UTF_8));
        CloudEvent.writeHeaders(event, sent.headers()::add);
        return sent;
    }

    private KafkaProducer<String, byte[]> connected() {
        var connected = producer;
        if (connected == null) {
            throw new IllegalStateException("not connected");
        }
        return connected;
    }

    /**
     * Whether Kafka has given any answer since then, as far as was noticed.
     *
     * @param nanos as {@link System#nanoTime} says it
     */
    boolean hasAnsweredSince(long nanos) {
        var connected = producer;
        if (connected != null) {
            var now = answers(connected);
            if (now != answers) {
                answers = now;
                heardAt = System.nanoTime();
            }
        }
        return heardAt - nanos > 0;
    }

    private static double answers(KafkaProducer<String, byte[]> connected) {
        return connected.metrics().values().stream()
                .filter(metric -> metric.metricName().name().equals("response-total"))
                .filter(metric -> metric.metricName().group().equals("producer-metrics"))
                .map(Metric::metricValue)
                .mapToDouble(total -> total instanceof Double count ? count : 0)
                .sum();
    }

    /**
     * Sends nothing more, and refuses all that is not acknowledged: for when a record is refused
     * that others of its stream follow. To be called where the refusal is heard, on the client's
     * own thread, which then has no other request under way.
     */
    void abort() {
        aborted = true;
        var connected = producer;
        if (connected != null) {
            connected.close(Duration.ZERO);
        }
    }

    /** Throws away what was not sent; the next {@link #connect} begins anew. */
    void close() {
        var connected = producer;
        if (connected != null) {
            connected.close(Duration.ZERO);
            producer = null;
        }
    }
}
