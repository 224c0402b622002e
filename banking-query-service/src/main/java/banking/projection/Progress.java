package banking.projection;

import banking.parking.Reason;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** How one projection is doing in this process: told by the threads that read, asked by others. */
public final class Progress {

    private final Set<Integer> partitions = new ConcurrentSkipListSet<>();
    private volatile boolean begun;
    private volatile boolean stopped;
    private volatile @Nullable String failure;

    void assigned(Collection<TopicPartition> assigned) {
        partitions.addAll(numbers(assigned));
        begun = true;
    }

    void revoked(Collection<TopicPartition> revoked) {
        partitions.removeAll(numbers(revoked));
    }

    private static Set<Integer> numbers(Collection<TopicPartition> partitions) {
        return partitions.stream().map(TopicPartition::partition).collect(Collectors.toSet());
    }

    void failed(Throwable why) {
        failure = Reason.of(why);
    }

    void stopped() {
        stopped = true;
    }

    void well() {
        failure = null;
    }

    /** Whether Kafka has said which partitions are this process's, if only that none is. */
    public boolean hasBegun() {
        return begun;
    }

    public boolean reads(int partition) {
        return partitions.contains(partition);
    }

    /** Why this process does not get on; null when nothing is in its way. */
    public @Nullable String failure() {
        return stopped ? "stopped" : failure;
    }
}
