package banking.outbox;

import banking.events.StreamId;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** The rows that wait for the relay, seen from the side that writes them. */
@ApplicationScoped
public class Outbox {

    /** Fixed by the migration: a stream never changes its shard. */
    public static final int SHARDS = 16;

    private final Semaphore work = new Semaphore(0);

    /** The shard that this stream's rows go to. */
    public static int shard(StreamId id) {
        return Math.floorMod(id.hashCode(), SHARDS);
    }

    /** Wakes the relay of this process; called right after a commit, never before it. */
    public void committed(int rows) {
        if (rows > 0 && work.availablePermits() == 0) {
            work.release();
        }
    }

    /** Waits until something was committed in this process, or the time is over. */
    void awaitWork(Duration atMost) throws InterruptedException {
        if (work.tryAcquire(atMost.toNanos(), TimeUnit.NANOSECONDS)) {
            work.drainPermits();
        }
    }
}
