package banking.outbox;

import banking.embedded.Infrastructure;
import banking.events.Topic;
import banking.events.codec.CloudEvent;
import banking.events.codec.WrittenEvent;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.junit.QuarkusTestProfile;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.AlterConfigOp.OpType;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.quota.ClientQuotaAlteration;
import org.apache.kafka.common.quota.ClientQuotaEntity;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;

/** A broker that only this application uses, so that a test may do to it what it likes. */
public final class OwnKafka implements QuarkusTestResourceLifecycleManager {

    /** Without the policies: nothing is published but what a test asks for. */
    public static final class Profile implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("bank.policy.run", "false", "bank.outbox.longest-back-off", "500ms");
        }

        @Override
        public List<TestResourceEntry> testResources() {
            return List.of(new TestResourceEntry(OwnKafka.class));
        }
    }

    private static @Nullable Infrastructure broker;

    @Override
    public int order() {
        return 1;
    }

    @Override
    public Map<String, String> start() {
        broker =
                Infrastructure.start(
                        Infrastructure.Settings.temporary(Infrastructure.Servers.KAFKA, false));
        return Map.of("kafka.bootstrap.servers", address());
    }

    @Override
    public void stop() {
        broker().close();
    }

    private static Infrastructure broker() {
        return Objects.requireNonNull(broker);
    }

    static String address() {
        return broker().addresses().bootstrapServers();
    }

    /** Stops the broker where it stands: it takes connections and answers nothing. */
    static void freeze() {
        signal("STOP");
    }

    static void thaw() {
        signal("CONT");
    }

    private static void signal(String name) {
        try {
            var pid = Long.toString(broker().process().pid());
            new ProcessBuilder("kill", "-" + name, pid).start().waitFor();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private interface Work {
        void with(Admin admin) throws ExecutionException, InterruptedException;
    }

    private static void admin(Work work) {
        try (var admin = Admin.create(Map.<String, Object>of("bootstrap.servers", address()))) {
            work.with(admin);
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    static void configure(String topic, String key, String value) {
        alter(topic, new AlterConfigOp(new ConfigEntry(key, value), OpType.SET));
    }

    static void reset(String topic, String key) {
        alter(topic, new AlterConfigOp(new ConfigEntry(key, null), OpType.DELETE));
    }

    private static void alter(String topic, AlterConfigOp change) {
        var resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        admin(
                admin ->
                        admin.incrementalAlterConfigs(Map.of(resource, List.of(change)))
                                .all()
                                .get());
    }

    /** Lets one client write so little that after two records it has no answer for some seconds. */
    static void throttle(String client) {
        quota(client, 100.0);
    }

    static void release(String client) {
        quota(client, null);
    }

    private static void quota(String client, @Nullable Double bytesPerSecond) {
        var entity = new ClientQuotaEntity(Map.of(ClientQuotaEntity.CLIENT_ID, client));
        var rate = new ClientQuotaAlteration.Op("producer_byte_rate", bytesPerSecond);
        var change = new ClientQuotaAlteration(entity, List.of(rate));
        admin(admin -> admin.alterClientQuotas(List.of(change)).all().get());
    }

    static void delete(String topic) {
        admin(admin -> admin.deleteTopics(List.of(topic)).all().get());
    }

    static void create(String topic) {
        var created = new NewTopic(topic, Topic.PARTITIONS, (short) 1);
        admin(admin -> admin.createTopics(List.of(created)).all().get());
    }

    /** All events of the topic by now, those of each stream in their order. */
    static List<WrittenEvent> events(String topic) {
        var settings = Map.<String, Object>of("bootstrap.servers", address());
        try (var consumer =
                new KafkaConsumer<>(
                        settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            var partitions =
                    IntStream.range(0, Topic.PARTITIONS)
                            .mapToObj(partition -> new TopicPartition(topic, partition))
                            .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = consumer.endOffsets(partitions);
            var events = new ArrayList<WrittenEvent>();
            while (ends.entrySet().stream()
                    .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                for (var record : consumer.poll(Duration.ofMillis(100))) {
                    events.add(
                            CloudEvent.read(
                                    name -> {
                                        var header = record.headers().lastHeader(name);
                                        return header == null ? null : header.value();
                                    },
                                    record.value()));
                }
            }
            return events;
        }
    }
}
