package banking.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import banking.events.Topic;
import banking.events.codec.CloudEvent;
import banking.events.codec.Heartbeat;
import banking.events.codec.WrittenEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;

/** What Kafka holds, read as any consumer would. */
record TopicLog(Map<String, List<WrittenEvent>> byAccount) {

    private static final Duration READ_WITHIN = Duration.ofMinutes(1);
    private static final Duration POLL = Duration.ofMillis(100);

    /** Everything up to the ends that the partitions have now. */
    static TopicLog read(String bootstrapServers) {
        Map<String, List<WrittenEvent>> events = new HashMap<>();
        try (var consumer =
                new KafkaConsumer<>(
                        Map.<String, Object>of("bootstrap.servers", bootstrapServers),
                        new StringDeserializer(),
                        new ByteArrayDeserializer())) {
            List<TopicPartition> partitions =
                    IntStream.range(0, Topic.PARTITIONS)
                            .mapToObj(number -> new TopicPartition(Topic.ACCOUNTS, number))
                            .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            long deadline = System.nanoTime() + READ_WITHIN.toNanos();
            while (ends.entrySet().stream()
                    .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                assertThat(System.nanoTime()).as("time to read the topic").isLessThan(deadline);
                for (var record : consumer.poll(POLL)) {
                    if (isHeartbeat(record)) {
                        continue;
                    }
                    WrittenEvent event =
                            CloudEvent.read(
                                    name -> value(record.headers().lastHeader(name)),
                                    record.value());
                    events.computeIfAbsent(record.key(), key -> new ArrayList<>()).add(event);
                }
            }
        }
        return new TopicLog(events);
    }

    /** The account's events in their order; one that was sent again counts where it came first. */
    List<WrittenEvent> withoutRepeats(String account) {
        List<WrittenEvent> first = new ArrayList<>();
        for (WrittenEvent event : all(account)) {
            if (event.version() > first.size()) {
                assertThat(event.version())
                        .as("the next of %s", account)
                        .isEqualTo(first.size() + 1);
                first.add(event);
            } else {
                assertThat(event).isEqualTo(first.get(Math.toIntExact(event.version() - 1)));
            }
        }
        return first;
    }

    List<WrittenEvent> all(String account) {
        return byAccount.getOrDefault(account, List.of());
    }

    private static boolean isHeartbeat(ConsumerRecord<String, byte[]> record) {
        return Heartbeat.sentAt(name -> value(record.headers().lastHeader(name))) != null;
    }

    private static byte @Nullable [] value(@Nullable Header header) {
        return header == null ? null : header.value();
    }
}
