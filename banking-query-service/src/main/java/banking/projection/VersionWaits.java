package banking.projection;

import banking.events.StreamId;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Lets queries wait until a view has seen a version. A projection in this process wakes them at
 * once; what another process writes is noticed by looking now and then.
 */
@ApplicationScoped
public class VersionWaits {

    private record Key(String projection, StreamId stream) {}

    private final Map<Key, Set<CountDownLatch>> waiting = new ConcurrentHashMap<>();
    private final Semaphore places;
    private final Duration timeout;
    private final Duration poll;

    public VersionWaits(ProjectionConfig config) {
        this.places = new Semaphore(config.maxWaiting());
        this.timeout = config.versionTimeout();
        this.poll = config.versionPoll();
    }

    public sealed interface Outcome {

        record Reached() implements Outcome {}

        record StillAt(long version) implements Outcome {}

        record TooManyWaiting() implements Outcome {}
    }

    /**
     * Waits until the view has the version, for as long as the configuration allows.
     *
     * @param seen looks the view's version up; 0 for a view that does not exist
     */
    public Outcome await(String projection, StreamId stream, long version, LongSupplier seen)
            throws InterruptedException {
        if (seen.getAsLong() >= version) {
            return new Outcome.Reached();
        }
        if (!places.tryAcquire()) {
            return new Outcome.TooManyWaiting();
        }
        try {
            return await(new Key(projection, stream), version, seen);
        } finally {
            places.release();
        }
    }

    private Outcome await(Key key, long version, LongSupplier seen) throws InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        for (; ; ) {
            var arrival = new CountDownLatch(1);
            register(key, arrival);
            try {
                // Looked up only now that an arrival would be heard, so none goes unnoticed.
                long current = seen.getAsLong();
                if (current >= version) {
                    return new Outcome.Reached();
                }
                long left = deadline - System.nanoTime();
                if (left <= 0) {
                    return new Outcome.StillAt(current);
                }
                var _ = arrival.await(Math.min(left, poll.toNanos()), TimeUnit.NANOSECONDS);
            } finally {
                unregister(key, arrival);
            }
        }
    }

    private void register(Key key, CountDownLatch arrival) {
        waiting.compute(
                key,
                (_, arrivals) -> {
                    var all =
                            arrivals == null
                                    ? ConcurrentHashMap.<CountDownLatch>newKeySet()
                                    : arrivals;
                    all.add(arrival);
                    return all;
                });
    }

    private void unregister(Key key, CountDownLatch arrival) {
        waiting.computeIfPresent(
                key,
                (_, arrivals) -> {
                    arrivals.remove(arrival);
                    return arrivals.isEmpty() ? null : arrivals;
                });
    }

    void arrived(String projection, Collection<StreamId> streams) {
        if (waiting.isEmpty()) {
            return;
        }
        for (var stream : streams) {
            var arrivals = waiting.get(new Key(projection, stream));
            if (arrivals != null) {
                arrivals.forEach(CountDownLatch::countDown);
            }
        }
    }
}
