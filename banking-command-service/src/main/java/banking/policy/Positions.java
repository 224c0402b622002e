package banking.policy;

import banking.events.Topic;
import io.smallrye.common.annotation.Identifier;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** How far the policies are in their topics, whichever process runs them, as Kafka knows it. */
@ApplicationScoped
class Positions {

    private static final Logger LOG = Logger.getLogger(Positions.class);

    private final Map<String, Object> kafka;
    private final Duration timeout;
    private @Nullable Admin admin;

    Positions(@Identifier("default-kafka-broker") Map<String, Object> kafka, PolicyConfig config) {
        this.kafka = kafka;
        timeout = config.positionTimeout();
    }

    /**
     * @param position the offset that comes next; 0 before the first
     * @param lag how many records the policy has not taken in
     * @param sentAt when the last of those that it has was sent; null where that is not known
     */
    record Position(
            String topic, int partition, long position, long lag, @Nullable Instant sentAt) {}

    /** By topic and partition; empty where Kafka does not answer in time. */
    List<Position> of(Policy policy) throws InterruptedException {
        try {
            var committed =
                    admin().listConsumerGroupOffsets(Policies.group(policy))
                            .partitionsToOffsetAndMetadata()
                            .get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            var ends =
                    admin().listOffsets(
                                    partitions(policy).stream()
                                            .collect(
                                                    Collectors.toMap(
                                                            p -> p, p -> OffsetSpec.latest())))
                            .all()
                            .get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            return ends.entrySet().stream()
                    .map(
                            end -> {
                                var partition = end.getKey();
                                var offset = committed.get(partition);
                                long next = offset == null ? 0 : offset.offset();
                                return new Position(
                                        partition.topic(),
                                        partition.partition(),
                                        next,
                                        Math.max(0, end.getValue().offset() - next),
                                        offset == null ? null : sentAt(offset));
                            })
                    .sorted(
                            Comparator.comparing(Position::topic)
                                    .thenComparingInt(Position::partition))
                    .toList();
        } catch (ExecutionException | TimeoutException e) {
            LOG.debugf(e, "Kafka does not say how far %s is", policy.name());
            return List.of();
        }
    }

    private static @Nullable Instant sentAt(OffsetAndMetadata offset) {
        try {
            return offset.metadata().isEmpty() ? null : Instant.parse(offset.metadata());
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    private static List<TopicPartition> partitions(Policy policy) {
        return PolicyRunner.topics(policy).stream()
                .flatMap(
                        topic ->
                                IntStream.range(0, Topic.PARTITIONS)
                                        .mapToObj(number -> new TopicPartition(topic, number)))
                .toList();
    }

    private synchronized Admin admin() {
        var known = admin;
        if (known == null) {
            var settings = new HashMap<>(kafka);
            settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) timeout.toMillis());
            settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) timeout.toMillis());
            known = Admin.create(settings);
            admin = known;
        }
        return known;
    }

    @PreDestroy
    synchronized void close() {
        if (admin != null) {
            admin.close(timeout);
        }
    }
}
