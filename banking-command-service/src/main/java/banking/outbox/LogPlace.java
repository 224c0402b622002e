package banking.outbox;

import org.apache.kafka.common.TopicPartition;

/** A partition of a topic. */
public record LogPlace(String topic, int partition) {

    static LogPlace of(TopicPartition place) {
        return new LogPlace(place.topic(), place.partition());
    }

    TopicPartition ofKafka() {
        return new TopicPartition(topic, partition);
    }
}
