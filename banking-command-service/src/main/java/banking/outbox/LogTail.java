package banking.outbox;

import banking.events.Topic;
import banking.events.codec.CloudEvent;
import banking.events.codec.RecordedEvent;
import banking.events.codec.UnreadableEventException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** What the topics have behind the marks, up to where they end at this moment. */
public final class LogTail implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(LogTail.class);
    static final int PAGE = 500;
    private static final Duration POLL = Duration.ofMillis(100);
    private static final byte[] NOTHING = {};

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Duration patience;
    private final Map<TopicPartition, Long> ends = new HashMap<>();
    private final List<LogPlace> anew = new ArrayList<>();

    /**
     * @param name as Kafka knows the client
     * @param kafka what the application's configuration says of Kafka
     * @param patience how long Kafka may say nothing
     * @throws KafkaException when it does
     */
    LogTail(String name, Map<String, Object> kafka, Duration patience, Map<LogPlace, Long> marks) {
        this.patience = patience;
        consumer =
                new KafkaConsumer<>(
                        settings(name, kafka, patience),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer());
        try {
            begin(marks);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    static Map<String, Object> settings(String name, Map<String, Object> kafka, Duration patience) {
        var settings = new HashMap<>(kafka);
        var millis = Math.toIntExact(patience.toMillis());
        settings.put(ConsumerConfig.CLIENT_ID_CONFIG, name);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, PAGE);
        settings.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, millis);
        settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, millis);
        return settings;
    }

    /** A topic that ends before its mark was made anew since, and is read from its beginning. */
    private void begin(Map<LogPlace, Long> marks) {
        var places = new ArrayList<TopicPartition>();
        consumer.listTopics()
                .forEach(
                        (topic, partitions) -> {
                            if (Topic.ALL.contains(topic)) {
                                for (var each : partitions) {
                                    places.add(new TopicPartition(topic, each.partition()));
                                }
                            }
                        });
        ends.putAll(consumer.endOffsets(places));
        consumer.assign(places);
        for (var place : places) {
            var mark = marks.get(LogPlace.of(place));
            if (mark != null && mark <= ends.getOrDefault(place, 0L)) {
                consumer.seek(place, mark);
                continue;
            }
            consumer.seekToBeginning(List.of(place));
            if (mark != null) {
                anew.add(LogPlace.of(place));
            }
        }
    }

    /**
     * Records that say which event they are, those of each partition in their order.
     *
     * @param next behind them
     */
    public record Page(List<RecordedEvent> events, Map<LogPlace, Long> next) {}

    /**
     * @return null where there is no more
     * @throws KafkaException when Kafka says nothing for too long
     */
    public @Nullable Page next() {
        var giveUpAt = System.nanoTime() + patience.toNanos();
        while (ends.entrySet().stream()
                .anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
            var records = consumer.poll(POLL);
            if (!records.isEmpty()) {
                var events = new ArrayList<RecordedEvent>(records.count());
                records.forEach(record -> read(record, events));
                return new Page(events, next(records.partitions()));
            }
            if (System.nanoTime() - giveUpAt > 0) {
                throw new TimeoutException("Kafka gives no records");
            }
        }
        return null;
    }

    private static void read(ConsumerRecord<byte[], byte[]> record, List<RecordedEvent> events) {
        var value = record.value();
        try {
            events.add(
                    CloudEvent.readRecorded(
                            name -> header(record, name), value == null ? NOTHING : value));
        } catch (UnreadableEventException e) {
            LOG.debugf(e, "no event of the relay's: %s", record);
        }
    }

    private static byte @Nullable [] header(ConsumerRecord<byte[], byte[]> record, String name) {
        var header = record.headers().lastHeader(name);
        return header == null ? null : header.value();
    }

    private Map<LogPlace, Long> next(Iterable<TopicPartition> places) {
        var next = new HashMap<LogPlace, Long>();
        places.forEach(place -> next.put(LogPlace.of(place), consumer.position(place)));
        return next;
    }

    /** Goes on to where the topics end by now. */
    void goOn() {
        ends.putAll(consumer.endOffsets(ends.keySet()));
    }

    /** The partitions that end before their marks. */
    List<LogPlace> anew() {
        return anew;
    }

    /** Where the partitions ended when this was opened. */
    Map<LogPlace, Long> ends() {
        var all = new HashMap<LogPlace, Long>();
        ends.forEach((place, end) -> all.put(LogPlace.of(place), end));
        return all;
    }

    @Override
    public void close() {
        consumer.close(CloseOptions.timeout(Duration.ZERO));
    }
}
