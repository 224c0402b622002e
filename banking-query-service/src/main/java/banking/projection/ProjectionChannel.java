package banking.projection;

import io.smallrye.reactive.messaging.kafka.KafkaClientService;
import io.smallrye.reactive.messaging.kafka.KafkaConsumerRebalanceListener;
import jakarta.inject.Inject;
import java.util.Collection;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;

/**
 * Brings the batches of one messaging channel, called like its projection, into that projection. A
 * subclass names the channel in its {@code @Identifier} and its {@code @Incoming} method.
 */
public abstract class ProjectionChannel implements KafkaConsumerRebalanceListener {

    private final String name;

    @Inject Projections projections;
    @Inject KafkaClientService clients;

    /**
     * @param name the channel's and the projection's
     */
    @SuppressWarnings("NullAway.Init") // The container fills the fields.
    protected ProjectionChannel(String name) {
        this.name = name;
    }

    /** Returns when the batch is applied; never with a failure, so no batch is passed over. */
    protected final void take(ConsumerRecords<byte[], byte[]> records) {
        var early = projections.intake(name).take(records);
        if (!early.isEmpty()) {
            clients.<byte[], byte[]>getConsumer(name)
                    .runOnPollingThread(
                            kafka -> {
                                early.forEach(kafka::seek);
                            })
                    .await()
                    .indefinitely();
        }
    }

    @Override
    public void onPartitionsAssigned(Consumer<?, ?> kafka, Collection<TopicPartition> partitions) {
        projections.intake(name).assigned(partitions).forEach(kafka::seek);
    }

    @Override
    public void onPartitionsRevoked(Consumer<?, ?> kafka, Collection<TopicPartition> partitions) {
        projections.intake(name).revoked(partitions);
    }

    @Override
    public void onPartitionsLost(Consumer<?, ?> kafka, Collection<TopicPartition> partitions) {
        projections.intake(name).revoked(partitions);
    }
}
