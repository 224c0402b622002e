package banking.projection;

import banking.embedded.BankTestResource;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** A second consumer of a projection, as another process would run it. */
final class Rival implements ConsumerRebalanceListener {

    private static final Duration POLL = Duration.ofMillis(200);

    private final Projection projection;
    private final Intake intake;
    private final KafkaConsumer<byte[], byte[]> kafka;
    private final Thread thread = new Thread(this::run, "rival");
    private volatile boolean stopping;

    Rival(
            String group,
            Projection projection,
            ProjectionConfig config,
            DataSource database,
            Consumer<Round> applied,
            Progress progress) {
        this.projection = projection;
        var writer = new ProjectionWriter(database, projection);
        intake = new Intake(projection, config, writer, applied, progress);
        kafka =
                new KafkaConsumer<>(
                        Map.of(
                                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                                BankTestResource.addresses().bootstrapServers(),
                                ConsumerConfig.GROUP_ID_CONFIG,
                                group,
                                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                                "earliest"),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer());
    }

    void start() {
        thread.start();
    }

    void stop() throws InterruptedException {
        stopping = true;
        intake.stop();
        kafka.wakeup();
        thread.join();
    }

    private void run() {
        try (kafka) {
            kafka.subscribe(List.of(projection.topic()), this);
            while (!stopping) {
                intake.take(kafka.poll(POLL)).forEach(kafka::seek);
            }
        } catch (WakeupException e) {
            // The test has seen enough of it.
        }
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        intake.assigned(partitions).forEach(kafka::seek);
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        intake.revoked(partitions);
    }
}
