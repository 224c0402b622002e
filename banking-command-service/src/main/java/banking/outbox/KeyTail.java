package banking.outbox;

import banking.events.CustomerId;
import banking.events.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The customers' keys that were published and are not withdrawn, up to the end of their topic. */
public final class KeyTail implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(KeyTail.class);
    private static final TopicPartition PLACE = new TopicPartition(Topic.KEYS, 0);
    private static final Duration POLL = Duration.ofMillis(100);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Duration patience;
    private final long end;

    KeyTail(Map<String, Object> kafka, Duration patience) {
        this.patience = patience;
        consumer =
                new KafkaConsumer<>(
                        LogTail.settings("keys", kafka, patience),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer());
        try {
            consumer.assign(List.of(PLACE));
            consumer.seekToBeginning(List.of(PLACE));
            end = consumer.endOffsets(List.of(PLACE)).getOrDefault(PLACE, 0L);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /**
     * @return null where there is no more
     * @throws org.apache.kafka.common.KafkaException when Kafka says nothing for too long
     */
    public @Nullable Map<CustomerId, String> next() {
        var giveUpAt = System.nanoTime() + patience.toNanos();
        while (consumer.position(PLACE) < end) {
            var records = consumer.poll(POLL);
            if (!records.isEmpty()) {
                var keys = new HashMap<CustomerId, String>();
                records.forEach(record -> read(record, keys));
                return keys;
            }
            if (System.nanoTime() - giveUpAt > 0) {
                throw new TimeoutException("Kafka gives no keys");
            }
        }
        return null;
    }

    private static void read(ConsumerRecord<byte[], byte[]> record, Map<CustomerId, String> keys) {
        try {
            var customer = CustomerId.fromString(new String(record.key(), StandardCharsets.UTF_8));
            if (record.value() == null) {
                keys.remove(customer);
            } else {
                keys.put(customer, new String(record.value(), StandardCharsets.UTF_8));
            }
        } catch (RuntimeException e) {
            LOG.debugf("no key of the relay's at %d of %s", record.offset(), PLACE);
        }
    }

    @Override
    public void close() {
        consumer.close(CloseOptions.timeout(Duration.ZERO));
    }
}
