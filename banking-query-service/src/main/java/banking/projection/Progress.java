package banking.projection;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** How one projection is doing in this process, for health and metrics. */
final class Progress {

    private final Map<Integer, Long> lags = new ConcurrentHashMap<>();
    private volatile @Nullable String failure = "starting";

    void lag(int partition, long records) {
        lags.put(partition, records);
    }

    void lost(int partition) {
        lags.remove(partition);
    }

    /** The records that this process has yet to read, as far as it knows the ends of its topics. */
    long lag() {
        return lags.values().stream().mapToLong(Long::longValue).sum();
    }

    void failed(Throwable why) {
        failure = Reason.of(why);
    }

    void stopped() {
        failure = "stopped";
    }

    void well() {
        failure = null;
    }

    /** Why nothing moves; null when all is well. */
    @Nullable String failure() {
        return failure;
    }
}
