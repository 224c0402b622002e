package banking.projection;

import io.smallrye.common.annotation.Blocking;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.reactive.messaging.kafka.KafkaClientService;
import io.smallrye.reactive.messaging.kafka.KafkaConsumerRebalanceListener;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Collection;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/**
 * Brings in the batches of the messaging channels, each called like its projection. Each method
 * returns when its batch is applied; never with a failure, so no batch is passed over, and a
 * projection that stands still holds up no other.
 */
@ApplicationScoped
@Identifier("projections")
class Channels implements KafkaConsumerRebalanceListener {

    /** Longer than the polling thread takes for anything that it does in between. */
    private static final Duration ASKED_WITHIN = Duration.ofSeconds(15);

    private final Projections projections;
    private final KafkaClientService clients;

    Channels(Projections projections, KafkaClientService clients) {
        this.projections = projections;
        this.clients = clients;
    }

    @Incoming("accounts")
    @Blocking
    void accounts(ConsumerRecords<byte[], byte[]> records) {
        take("accounts", records);
    }

    @Incoming("customers")
    @Blocking
    void customers(ConsumerRecords<byte[], byte[]> records) {
        take("customers", records);
    }

    @Incoming("companies")
    @Blocking
    void companies(ConsumerRecords<byte[], byte[]> records) {
        take("companies", records);
    }

    @Incoming("tasks")
    @Blocking
    void tasks(ConsumerRecords<byte[], byte[]> records) {
        take("tasks", records);
    }

    @Incoming("employees")
    @Blocking
    void employees(ConsumerRecords<byte[], byte[]> records) {
        take("employees", records);
    }

    @Incoming("approvals")
    @Blocking
    void approvals(ConsumerRecords<byte[], byte[]> records) {
        take("approvals", records);
    }

    private void take(String channel, ConsumerRecords<byte[], byte[]> records) {
        var reading =
                new Reading() {
                    @Override
                    public <T> T ask(Function<Consumer<byte[], byte[]>, T> question) {
                        return clients.<byte[], byte[]>getConsumer(channel)
                                .runOnPollingThread(question)
                                .await()
                                .atMost(ASKED_WITHIN);
                    }
                };
        projections.intake(channel).take(records, reading);
    }

    @Override
    public void onPartitionsAssigned(Consumer<?, ?> kafka, Collection<TopicPartition> partitions) {
        kafka.subscription()
                .forEach(topic -> projections.intakeOf(topic).assigned(kafka, partitions));
    }

    @Override
    public void onPartitionsRevoked(Consumer<?, ?> kafka, Collection<TopicPartition> partitions) {
        kafka.subscription().forEach(topic -> projections.intakeOf(topic).revoked(partitions));
    }

    @Override
    public void onPartitionsLost(Consumer<?, ?> kafka, Collection<TopicPartition> partitions) {
        onPartitionsRevoked(kafka, partitions);
    }
}
