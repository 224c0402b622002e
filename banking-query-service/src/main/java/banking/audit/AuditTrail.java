package banking.audit;

import banking.database.Backoff;
import banking.database.Transactions;
import banking.events.codec.ChainKeys;
import com.fasterxml.uuid.Generators;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Writes entries down beside what they tell of: they gather for a moment, and one thread writes
 * them, a statement for many. A process that is killed loses what has gathered by then. Where the
 * database takes none, reads are refused before the queue is full, since nobody is to see what is
 * not on record; of refusals, which do nothing, those that find no room are counted instead, so
 * that who is refused again and again keeps nobody else from reading.
 */
@ApplicationScoped
public class AuditTrail {

    static final int MOST_WAITING = 20_000;
    static final int MOST_REFUSALS_WAITING = 10_000;
    static final int MOST_AT_ONCE = 1_000;
    static final Duration GATHER = Duration.ofMillis(200);

    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final Duration AT_THE_END = Duration.ofSeconds(5);
    private static final Duration STANDSTILL = Duration.ofSeconds(8);
    private static final Backoff BACKOFF =
            new Backoff(Duration.ofMillis(100), Duration.ofSeconds(2));

    /** After whoever may still be answered. */
    private static final int LAST_OF_ALL = Integer.MAX_VALUE;

    private static final Logger LOG = Logger.getLogger(AuditTrail.class);

    private final Transactions transactions;
    private final AuditChain chain;
    private final Queue<Waiting> queue = new ConcurrentLinkedQueue<>();

    /** With those that have a place and are yet to come. */
    private final AtomicInteger waiting = new AtomicInteger();

    private final AtomicLong untold = new AtomicLong();
    private final Semaphore work = new Semaphore(0);
    private final Thread writer;
    private final Counter written;
    private final Counter dropped;
    private volatile boolean stopping;
    private volatile long heard = System.nanoTime();
    private volatile long failedAt;
    private volatile @Nullable String failure;

    private record Waiting(AuditEntry entry, @Nullable CountDownLatch isWritten) {}

    AuditTrail(Transactions transactions, ChainKeys keys, MeterRegistry metrics) {
        this.transactions = transactions;
        chain = new AuditChain(Generators.timeBasedEpochGenerator().generate(), keys);
        writer = Thread.ofPlatform().name("audit").daemon().unstarted(this::run);
        written =
                Counter.builder("bank.audit.entries")
                        .description("Entries that are in the audit trail")
                        .register(metrics);
        dropped =
                Counter.builder("bank.audit.dropped")
                        .description("Refusals that found no room on their way to the audit trail")
                        .register(metrics);
        Gauge.builder("bank.audit.waiting", waiting, AtomicInteger::get)
                .description("Entries on their way to the audit trail")
                .register(metrics);
        Gauge.builder("bank.standstill", this, t -> t.standstill().toNanos() / 1e9)
                .description("For how long it has been standing still by now")
                .baseUnit("seconds")
                .tag("what", "audit")
                .register(metrics);
    }

    void start(@Observes StartupEvent event) {
        writer.start();
    }

    /** Writes what still waits, as long as the database takes it. */
    void stop(@Observes @Priority(LAST_OF_ALL) ShutdownEvent event) throws InterruptedException {
        stopping = true;
        work.release();
        writer.join(AT_THE_END);
    }

    /**
     * Keeps a place for what is about to be read.
     *
     * @return false where there is none, so that it is not to be read
     */
    public boolean reserve() {
        if (waiting.incrementAndGet() <= MOST_WAITING) {
            return true;
        }
        waiting.decrementAndGet();
        return false;
    }

    /** An entry that has a place. */
    public void addReserved(AuditEntry entry) {
        queue.add(new Waiting(entry, null));
    }

    /** A place is not needed after all. */
    public void release() {
        waiting.decrementAndGet();
    }

    /** An entry of what was not done, or is in the journal as well. */
    public void add(AuditEntry entry) {
        if (waiting.incrementAndGet() <= MOST_REFUSALS_WAITING) {
            queue.add(new Waiting(entry, null));
        } else {
            waiting.decrementAndGet();
            untold.incrementAndGet();
            dropped.increment();
        }
    }

    /**
     * Returns once the entry is in the database, so that what it tells of may be done.
     *
     * @return false where it is not known to be there
     */
    public boolean addAtOnce(AuditEntry entry) throws InterruptedException {
        if (!reserve()) {
            return false;
        }
        var isWritten = new CountDownLatch(1);
        queue.add(new Waiting(entry, isWritten));
        work.release();
        return isWritten.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void run() {
        var failures = 0;
        var batch = new ArrayList<Waiting>();
        while (!stopping || !queue.isEmpty() || !batch.isEmpty()) {
            heard = System.nanoTime();
            try {
                var pause = failures == 0 ? GATHER : BACKOFF.after(failures);
                if (work.tryAcquire(pause.toNanos(), TimeUnit.NANOSECONDS)) {
                    work.drainPermits();
                }
                do {
                    take(batch);
                    write(batch);
                } while (!queue.isEmpty());
                tell(null);
                failures = 0;
                chain.tellLength(false);
            } catch (SQLException | RuntimeException | Error e) {
                failures++;
                tell(e.toString());
            } catch (InterruptedException e) {
                LOG.warn("the audit trail does not end by interruption");
            }
        }
        chain.tellLength(true);
    }

    /** What was not written the last time stays in front. */
    private void take(List<Waiting> batch) {
        var lost = batch.isEmpty() ? untold.getAndSet(0) : 0;
        if (lost > 0) {
            waiting.incrementAndGet();
            batch.add(new Waiting(ofLost(lost), null));
        }
        for (Waiting next; batch.size() < MOST_AT_ONCE && (next = queue.poll()) != null; ) {
            batch.add(next);
        }
    }

    /** The trail itself says what it lacks. */
    private static AuditEntry ofLost(long entries) {
        var what = entries + " refusals found no room before this";
        return new AuditEntry(
                Instant.now(), "", "", "entries dropped", null, null, 503, null, "", "", what);
    }

    private void write(List<Waiting> batch) throws SQLException {
        if (batch.isEmpty()) {
            return;
        }
        var links = chain.links(batch.stream().map(Waiting::entry).toList());
        transactions.single(
                statements -> {
                    AuditRows.add(statements, links);
                    return statements.run();
                });
        chain.end(links);
        written.increment(links.size());
        waiting.addAndGet(-links.size());
        batch.forEach(
                each -> {
                    if (each.isWritten() != null) {
                        each.isWritten().countDown();
                    }
                });
        batch.clear();
        heard = System.nanoTime();
    }

    private void tell(@Nullable String now) {
        var before = failure;
        failure = now;
        if (now != null && before == null) {
            failedAt = System.nanoTime();
            LOG.errorf("the audit trail stands still: %s", now);
        } else if (now == null && before != null) {
            LOG.info("the audit trail goes on");
        }
    }

    /** Why nothing is written; null while all is well. */
    @Nullable String failure() {
        var silence = silence();
        return failure == null && silence.compareTo(STANDSTILL) > 0
                ? "its thread has said nothing for " + silence.toSeconds() + " s"
                : failure;
    }

    int waiting() {
        return waiting.get();
    }

    /** For how long its thread has said nothing. */
    Duration silence() {
        return writer.getState() == Thread.State.NEW
                ? Duration.ZERO
                : Duration.ofNanos(System.nanoTime() - heard);
    }

    private Duration standstill() {
        if (failure != null) {
            return Duration.ofNanos(System.nanoTime() - failedAt);
        }
        return failure() == null ? Duration.ZERO : silence();
    }
}
