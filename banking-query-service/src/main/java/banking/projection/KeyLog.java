package banking.projection;

import banking.database.Statements;
import banking.database.Transactions;
import banking.events.CustomerId;
import banking.events.Topic;
import io.smallrye.common.annotation.Identifier;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The topic of the customers' keys. It is read when a key is wanted, from where it was read before,
 * and each record may be taken over any number of times: a key that is destroyed stays so.
 */
@ApplicationScoped
class KeyLog {

    private static final Logger LOG = Logger.getLogger(KeyLog.class);
    private static final TopicPartition PLACE = new TopicPartition(Topic.KEYS, 0);
    private static final int PAGE = 1000;
    private static final Duration POLL = Duration.ofMillis(100);

    private final Map<String, Object> kafka;
    private final Transactions transactions;
    private final Duration patience;
    private final ReentrantLock turn = new ReentrantLock();
    private @Nullable KafkaConsumer<byte[], byte[]> consumer;

    KeyLog(
            @Identifier("default-kafka-broker") Map<String, Object> kafka,
            Transactions transactions,
            ProjectionConfig config) {
        this.kafka = kafka;
        this.transactions = transactions;
        patience = config.patience();
    }

    /**
     * Takes over all that is there by now.
     *
     * @throws org.apache.kafka.common.KafkaException when Kafka says nothing for too long
     */
    void readOn() throws SQLException {
        turn.lock();
        try {
            var reader = consumer();
            long end = reader.endOffsets(List.of(PLACE)).getOrDefault(PLACE, 0L);
            long next = transactions.single(KeyLog::next);
            // A topic that ends before was made anew.
            reader.seek(PLACE, next <= end ? next : 0);
            readUpTo(end, reader);
        } catch (RuntimeException e) {
            close();
            throw e;
        } finally {
            turn.unlock();
        }
    }

    private void readUpTo(long end, KafkaConsumer<byte[], byte[]> reader) throws SQLException {
        var giveUpAt = System.nanoTime() + patience.toNanos();
        while (reader.position(PLACE) < end) {
            var records = reader.poll(POLL);
            if (!records.isEmpty()) {
                var keys = new LinkedHashMap<CustomerId, Optional<String>>();
                records.forEach(record -> read(record, keys));
                transactions.commit(s -> takeOver(s, keys, reader.position(PLACE)));
                giveUpAt = System.nanoTime() + patience.toNanos();
            } else if (System.nanoTime() - giveUpAt > 0) {
                throw new TimeoutException(Topic.KEYS + " gives no records");
            }
        }
    }

    private static void read(
            ConsumerRecord<byte[], byte[]> record, Map<CustomerId, Optional<String>> keys) {
        try {
            var customer = CustomerId.fromString(new String(record.key(), StandardCharsets.UTF_8));
            keys.put(
                    customer,
                    Optional.ofNullable(record.value())
                            .map(wrapped -> new String(wrapped, StandardCharsets.UTF_8)));
        } catch (RuntimeException e) {
            LOG.errorf("%s-%d has no key at %d", PLACE.topic(), PLACE.partition(), record.offset());
        }
    }

    private static int takeOver(
            Statements statements, Map<CustomerId, Optional<String>> keys, long next)
            throws SQLException {
        return statements
                .write(
                        """
                        insert into customer_key as k (customer_id, wrapped)
                        select * from unnest(?, ?) as r (id, wrapped) order by id
                        on conflict (customer_id) do update set wrapped = excluded.wrapped
                        where k.wrapped is not null""")
                .add("uuid", keys.keySet(), CustomerId::value)
                .add("text", keys.values(), wrapped -> wrapped.orElse(null))
                .write(
                        """
                        insert into customer_key_place as p (partition, next) values (?, ?)
                        on conflict (partition) do update set next = excluded.next""")
                .add(PLACE.partition())
                .add(next)
                .run();
    }

    private static long next(Statements statements) throws SQLException {
        return statements
                .write("select next from customer_key_place where partition = ?")
                .add(PLACE.partition())
                .find(row -> row.getLong(1))
                .orElse(0L);
    }

    private KafkaConsumer<byte[], byte[]> consumer() {
        var known = consumer;
        if (known == null) {
            var settings = new HashMap<>(kafka);
            var millis = Math.toIntExact(patience.toMillis());
            settings.put(ConsumerConfig.CLIENT_ID_CONFIG, "keys");
            settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
            settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
            settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
            settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, PAGE);
            settings.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, millis);
            settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, millis);
            known =
                    new KafkaConsumer<>(
                            settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
            known.assign(List.of(PLACE));
            consumer = known;
        }
        return known;
    }

    @PreDestroy
    void close() {
        turn.lock();
        try {
            if (consumer != null) {
                consumer.close(CloseOptions.timeout(Duration.ZERO));
                consumer = null;
            }
        } finally {
            turn.unlock();
        }
    }
}
