package banking.embedded;

import banking.events.Topic;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** The bank's topics on any broker. */
public final class Topics {

    private static final int TIMEOUT_MILLIS = 30_000;

    private static final int LOOK_EVERY_MILLIS = 20;

    private static final short BROKERS_DEFAULT_REPLICATION = -1;

    private Topics() {}

    /**
     * Creates those that do not exist yet, and returns once the broker knows all of them, which it
     * learns a moment after the controller has created them.
     */
    public static void create(String bootstrapServers) {
        try (Admin admin = Admin.create(settings(bootstrapServers))) {
            var created =
                    admin.createTopics(
                            Stream.concat(all().map(Topics::lasting), Stream.of(keys())).toList());
            for (var topic : created.values().values()) {
                awaitCreated(topic);
            }
            awaitKnown(admin);
        } catch (ExecutionException e) {
            throw new StartFailure(
                    "Kafka at "
                            + bootstrapServers
                            + " did not create the bank's topics: "
                            + e.getMessage(),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while creating topics", e);
        }
    }

    private static Stream<String> all() {
        return Stream.concat(Topic.ALL.stream(), Stream.of(Topic.SEALS));
    }

    private static NewTopic lasting(String name) {
        int partitions = name.equals(Topic.SEALS) ? 1 : Topic.PARTITIONS;
        return new NewTopic(name, partitions, BROKERS_DEFAULT_REPLICATION)
                .configs(Map.of(TopicConfig.RETENTION_MS_CONFIG, "-1"));
    }

    /** What is destroyed is gone from it within a quarter of an hour, though nothing else comes. */
    private static NewTopic keys() {
        return new NewTopic(Topic.KEYS, 1, BROKERS_DEFAULT_REPLICATION)
                .configs(
                        Map.of(
                                TopicConfig.CLEANUP_POLICY_CONFIG,
                                TopicConfig.CLEANUP_POLICY_COMPACT,
                                TopicConfig.MAX_COMPACTION_LAG_MS_CONFIG,
                                "900000",
                                TopicConfig.DELETE_RETENTION_MS_CONFIG,
                                "86400000"));
    }

    private static void awaitCreated(KafkaFuture<Void> topic)
            throws ExecutionException, InterruptedException {
        try {
            topic.get();
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw e;
            }
        }
    }

    private static void awaitKnown(Admin admin) throws ExecutionException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(TIMEOUT_MILLIS);
        while (true) {
            try {
                admin.describeTopics(Stream.concat(all(), Stream.of(Topic.KEYS)).toList())
                        .allTopicNames()
                        .get();
                return;
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException)
                        || System.nanoTime() > deadline) {
                    throw e;
                }
                Thread.sleep(LOOK_EVERY_MILLIS);
            }
        }
    }

    private static Map<String, Object> settings(String bootstrapServers) {
        return Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                TIMEOUT_MILLIS,
                AdminClientConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG,
                100);
    }
}
