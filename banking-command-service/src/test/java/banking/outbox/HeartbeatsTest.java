package banking.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import banking.Bank;
import banking.CommandServiceTest;
import banking.embedded.BankTestResource;
import banking.events.Topic;
import banking.events.codec.Heartbeat;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

@CommandServiceTest
class HeartbeatsTest {

    private static final double A_MINUTE = 60;

    @Inject Heartbeats heartbeats;
    @Inject MeterRegistry metrics;

    @Test
    void a_heartbeat_takes_the_way_of_events_to_every_partition_and_through_the_policies()
            throws SQLException {
        var begun = Instant.now();
        try (var topics = new Topics()) {
            heartbeats.beat(0);
            // As another process, which finds that there was one.
            heartbeats.beat(A_MINUTE);

            topics.await(begun);
        }
        assertThat(Bank.count("outbox")).isZero();
        Awaitility.await()
                .atMost(Bank.PATIENCE)
                .untilAsserted(
                        () -> {
                            var age = Duration.between(begun, Instant.now()).toMillis() / 1e3;
                            assertThat(figures("bank.policy.heartbeat.age"))
                                    .isNotEmpty()
                                    .allMatch(each -> each <= age + 0.1);
                            assertThat(figures("bank.policy.lag.events")).containsOnly(0.0);
                        });
    }

    private List<Double> figures(String name) {
        return metrics.get(name).gauges().stream().map(Gauge::value).toList();
    }

    /** What comes into all topics from here on. */
    private static final class Topics implements AutoCloseable {

        private final KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(
                        Map.<String, Object>of(
                                "bootstrap.servers",
                                BankTestResource.addresses().bootstrapServers()),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer());
        private final List<TopicPartition> all =
                Topic.ALL.stream()
                        .flatMap(
                                topic ->
                                        IntStream.range(0, Topic.PARTITIONS)
                                                .mapToObj(p -> new TopicPartition(topic, p)))
                        .toList();

        Topics() {
            consumer.assign(all);
            consumer.seekToEnd(all);
            all.forEach(consumer::position);
        }

        /** One in each partition, and no second one. */
        void await(Instant begun) {
            var beats = new ArrayList<TopicPartition>();
            Awaitility.await()
                    .atMost(Bank.PATIENCE)
                    .untilAsserted(
                            () -> {
                                for (var record : consumer.poll(Duration.ofMillis(50))) {
                                    var sentAt =
                                            Heartbeat.sentAt(
                                                    name -> {
                                                        var header =
                                                                record.headers().lastHeader(name);
                                                        return header == null
                                                                ? null
                                                                : header.value();
                                                    });
                                    if (sentAt != null) {
                                        assertThat(sentAt).isAfter(begun.minusSeconds(1));
                                        beats.add(
                                                new TopicPartition(
                                                        record.topic(), record.partition()));
                                    }
                                }
                                assertThat(beats).containsExactlyInAnyOrderElementsOf(all);
                            });
        }

        @Override
        public void close() {
            consumer.close();
        }
    }
}
