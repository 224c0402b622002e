package banking.outbox;

import banking.events.Topic;
import banking.seal.SealKeys;
import banking.seal.SealPlace;
import banking.seal.SignedSeal;
import io.smallrye.common.annotation.Identifier;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The topic of the seals, each of them a record with all of its text. */
@ApplicationScoped
class SealTopic implements SealPlace {

    private static final Logger LOG = Logger.getLogger(SealTopic.class);
    private static final TopicPartition PLACE = new TopicPartition(Topic.SEALS, 0);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration POLL = Duration.ofMillis(100);

    /** How many records are read at once to find the last seal. */
    private static final int PAGE = 20;

    private final Map<String, Object> kafka;
    private final SealKeys keys;
    private @Nullable KafkaProducer<byte[], byte[]> producer;
    private @Nullable KafkaConsumer<byte[], byte[]> consumer;
    private long end;
    private long last;

    SealTopic(@Identifier("default-kafka-broker") Map<String, Object> kafka, SealKeys keys) {
        this.kafka = kafka;
        this.keys = keys;
    }

    @Override
    public String name() {
        return Topic.SEALS;
    }

    @Override
    public boolean isThere() {
        return true;
    }

    @Override
    public synchronized void put(SignedSeal seal) throws Exception {
        try {
            var record =
                    new ProducerRecord<>(
                            PLACE.topic(),
                            PLACE.partition(),
                            bytes(Long.toString(seal.number())),
                            bytes(seal.document()));
            producer().send(record).get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (Exception e) {
            close();
            throw e;
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Looked up from behind, in what has come since the last look. */
    @Override
    public synchronized long last() {
        try {
            var asked = consumer();
            var now = asked.endOffsets(List.of(PLACE)).getOrDefault(PLACE, 0L);
            if (now < end) {
                // It was made anew.
                end = 0;
                last = 0;
            }
            var found = 0L;
            for (var to = now; to > end && found == 0; to -= PAGE) {
                for (var seal : read(asked, Math.max(end, to - PAGE), to)) {
                    found = Math.max(found, seal.number());
                }
            }
            end = now;
            last = Math.max(last, found);
            return last;
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    @Override
    public synchronized List<SignedSeal> above(long number) {
        try {
            var asked = consumer();
            var to = asked.endOffsets(List.of(PLACE)).getOrDefault(PLACE, 0L);
            var seals = new HashMap<Long, SignedSeal>();
            while (to > 0 && !seals.containsKey(number + 1)) {
                var page = read(asked, Math.max(0, to - PAGE), to);
                page.stream()
                        .filter(s -> s.number() > number)
                        .forEach(s -> seals.put(s.number(), s));
                to -= PAGE;
            }
            var fitting = new ArrayList<SignedSeal>();
            for (var next = seals.get(number + 1);
                    next != null && fitting.size() < PAGE;
                    next = seals.get(next.number() + 1)) {
                fitting.add(next);
            }
            return fitting;
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private List<SignedSeal> read(KafkaConsumer<byte[], byte[]> asked, long from, long to) {
        var seals = new ArrayList<SignedSeal>();
        asked.seek(PLACE, from);
        var giveUpAt = System.nanoTime() + PATIENCE.toNanos();
        while (asked.position(PLACE) < to) {
            for (var record : asked.poll(POLL)) {
                var seal = seal(record.value());
                if (seal == null) {
                    LOG.errorf("The record %d of %s is no seal", record.offset(), PLACE.topic());
                } else if (record.offset() < to) {
                    seals.add(seal);
                }
            }
            if (System.nanoTime() - giveUpAt > 0) {
                throw new TimeoutException("Kafka gives no seals");
            }
        }
        return seals;
    }

    private @Nullable SignedSeal seal(byte @Nullable [] document) {
        try {
            var text = document == null ? "" : new String(document, StandardCharsets.UTF_8);
            var seal = SignedSeal.parse(text);
            return keys.haveMade(seal) ? seal : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private KafkaProducer<byte[], byte[]> producer() {
        var made = producer;
        if (made == null) {
            var settings = new HashMap<>(kafka);
            var timeout = Math.toIntExact(PATIENCE.toMillis());
            settings.put(ProducerConfig.CLIENT_ID_CONFIG, "sealer." + PLACE.topic());
            settings.put(ProducerConfig.ACKS_CONFIG, "all");
            settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
            settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "gzip");
            // Hashes in hexadecimal digits get half as long at the least effort.
            settings.put(ProducerConfig.COMPRESSION_GZIP_LEVEL_CONFIG, 1);
            settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
            settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, timeout);
            settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, timeout);
            settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, timeout / 2);
            made =
                    new KafkaProducer<>(
                            settings, new ByteArraySerializer(), new ByteArraySerializer());
            producer = made;
        }
        return made;
    }

    private KafkaConsumer<byte[], byte[]> consumer() {
        var made = consumer;
        if (made == null) {
            var settings = new HashMap<>(kafka);
            var timeout = Math.toIntExact(PATIENCE.toMillis());
            settings.put(ConsumerConfig.CLIENT_ID_CONFIG, "sealer." + PLACE.topic());
            settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
            settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
            settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
            settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, PAGE);
            settings.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, timeout);
            settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, timeout);
            made =
                    new KafkaConsumer<>(
                            settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
            made.assign(List.of(PLACE));
            consumer = made;
        }
        return made;
    }

    @PreDestroy
    synchronized void close() {
        var oldConsumer = consumer;
        var oldProducer = producer;
        consumer = null;
        producer = null;
        end = 0;
        last = 0;
        if (oldConsumer != null) {
            oldConsumer.close(CloseOptions.timeout(Duration.ZERO));
        }
        if (oldProducer != null) {
            oldProducer.close(Duration.ZERO);
        }
    }
}
