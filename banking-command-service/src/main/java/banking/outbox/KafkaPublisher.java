package banking.outbox;

import banking.events.Topic;
import banking.events.codec.CloudEvent;
import banking.events.codec.EventCodec;
import banking.events.codec.WrittenEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/**
 * The relay's Kafka client. It is not an {@code Emitter}, because after a failure the client has to
 * be closed: what it still buffers must not be sent after the relay has given its shards back.
 */
@ApplicationScoped
class KafkaPublisher {

    private final Map<String, Object> settings;
    private @Nullable KafkaProducer<String, byte[]> producer;

    /**
     * @param kafka what the application's configuration says of Kafka
     */
    KafkaPublisher(
            @Identifier("default-kafka-broker") Map<String, Object> kafka, OutboxConfig config) {
        settings = new HashMap<>(kafka);
        var timeout = Math.toIntExact(config.deliveryTimeout().toMillis());
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        settings.put(ProducerConfig.BATCH_SIZE_CONFIG, 128 * 1024);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, timeout);
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, timeout / 2);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, timeout / 2);
    }

    /**
     * Returns once Kafka answers; at no cost where it answered before and nothing failed since.
     *
     * @throws KafkaException when it does not answer in time
     */
    void connect() {
        if (producer == null) {
            producer =
                    new KafkaProducer<>(
                            settings, new StringSerializer(), new ByteArraySerializer());
            producer.partitionsFor(Topic.ACCOUNTS);
        }
    }

    /**
     * Sends all events, those of one stream in their order, and returns once all are acknowledged.
     *
     * @throws KafkaException when one is not: some of the others may have been published
     */
    void publish(List<WrittenEvent> events) throws InterruptedException {
        var connected = producer;
        if (connected == null) {
            throw new IllegalStateException("not connected");
        }
        var acknowledgements = new ArrayList<Future<RecordMetadata>>(events.size());
        for (var event : events) {
            acknowledgements.add(connected.send(record(event)));
        }
        connected.flush();
        try {
            for (var acknowledgement : acknowledgements) {
                acknowledgement.get();
            }
        } catch (ExecutionException e) {
            throw new KafkaException("an event was not acknowledged", e.getCause());
        }
    }

    private static ProducerRecord<String, byte[]> record(WrittenEvent event) {
        var sent =
                new ProducerRecord<>(
                        EventCodec.STANDARD.topic(event),
                        event.streamId().toString(),
                        event.payload().getBytes(StandardCharsets.UTF_8));
        CloudEvent.writeHeaders(event, sent.headers()::add);
        return sent;
    }

    /** Throws away what was not sent; the next {@link #connect} begins anew. */
    void close() {
        if (producer != null) {
            producer.close(Duration.ZERO);
            producer = null;
        }
    }
}
