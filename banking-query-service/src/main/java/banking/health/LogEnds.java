package banking.health;

import banking.parking.Reason;
import banking.projection.ProjectionConfig;
import io.smallrye.common.annotation.Identifier;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Asks Kafka where topics end. */
@ApplicationScoped
public class LogEnds {

    private final Map<String, Object> kafka;
    private final Duration timeout;
    private @Nullable Admin admin;

    LogEnds(
            @Identifier("default-kafka-broker") Map<String, Object> kafka,
            ProjectionConfig config) {
        this.kafka = kafka;
        this.timeout = config.logEndTimeout();
    }

    public record Ends(Map<TopicPartition, Long> ends, Map<String, String> failures) {

        public Map<Integer, Long> of(String topic) {
            return ends.entrySet().stream()
                    .filter(end -> end.getKey().topic().equals(topic))
                    .collect(
                            Collectors.toMap(end -> end.getKey().partition(), Map.Entry::getValue));
        }
    }

    /** Never fails: a topic that is missing says nothing about the others. */
    public Ends of(Collection<String> topics) throws InterruptedException {
        var asked = new HashMap<TopicPartition, OffsetSpec>();
        var failures = new HashMap<String, String>();
        for (var topic : admin().describeTopics(topics).topicNameValues().entrySet()) {
            try {
                for (var partition : get(topic.getValue()).partitions()) {
                    asked.put(
                            new TopicPartition(topic.getKey(), partition.partition()),
                            OffsetSpec.latest());
                }
            } catch (ExecutionException | TimeoutException e) {
                failures.put(topic.getKey(), reason(topic.getKey(), e));
            }
        }
        var ends = new HashMap<TopicPartition, Long>();
        var answer = admin().listOffsets(asked);
        for (var partition : asked.keySet()) {
            try {
                ends.put(partition, get(answer.partitionResult(partition)).offset());
            } catch (ExecutionException | TimeoutException e) {
                failures.put(partition.topic(), reason(partition.topic(), e));
            }
        }
        return new Ends(ends, failures);
    }

    /** All that is asked together has the same bound, so nobody waits for one after the other. */
    private <T> T get(KafkaFuture<T> answer)
            throws InterruptedException, ExecutionException, TimeoutException {
        return answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static String reason(String topic, Exception failure) {
        var cause = failure.getCause();
        return "Kafka does not say where "
                + topic
                + " ends: "
                + (cause == null ? "no answer" : Reason.of(cause));
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
