package banking.projection;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/** The consumer that reads a projection's topic; only the thread that polls may use it. */
@FunctionalInterface
interface Reading {

    /** Some times as long as Kafka keeps a request for more records, which comes first. */
    Duration TIMEOUT = Duration.ofSeconds(3);

    /**
     * Has that thread ask the consumer.
     *
     * @throws RuntimeException where it does not come to that in time; so do all methods here
     */
    <T> T ask(Function<Consumer<byte[], byte[]>, T> question);

    default long begin(TopicPartition partition) {
        return ask(
                kafka ->
                        Objects.requireNonNull(
                                kafka.beginningOffsets(Set.of(partition), TIMEOUT).get(partition)));
    }

    default long end(TopicPartition partition) {
        return ask(
                kafka ->
                        Objects.requireNonNull(
                                kafka.endOffsets(Set.of(partition), TIMEOUT).get(partition)));
    }

    /** Goes on elsewhere with those of the partitions that are still the consumer's. */
    default void seek(Map<TopicPartition, Long> places) {
        if (!places.isEmpty()) {
            var _ =
                    ask(
                            kafka -> {
                                var assigned = kafka.assignment();
                                places.forEach(
                                        (partition, place) -> {
                                            if (assigned.contains(partition)) {
                                                kafka.seek(partition, place);
                                            }
                                        });
                                return assigned;
                            });
        }
    }
}
