package banking.pipeline;

import banking.events.StreamId;
import banking.health.Progress;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jboss.logging.Logger;

/** One thread that commits what its queue holds, batch after batch. */
final class Lane implements Runnable {

    private static final Logger LOG = Logger.getLogger(Lane.class);

    /** How soon an idle lane notices that it is to drain. */
    private static final long IDLE_MILLIS = 100;

    private static final long BACK_OFF_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final PipelineConfig config;
    private final BatchTransaction transaction;
    private final BlockingQueue<PendingCommand<?, ?, ?>> queue;
    private final DistributionSummary batchSizes;
    private final Progress progress;
    private final Thread thread;
    private volatile boolean draining;

    Lane(
            int number,
            PipelineConfig config,
            BatchTransaction transaction,
            Progress progress,
            MeterRegistry metrics) {
        this.config = config;
        this.transaction = transaction;
        this.progress = progress;
        queue = new ArrayBlockingQueue<>(config.queueCapacity());
        thread = Thread.ofPlatform().name("lane-" + number).unstarted(this);
        batchSizes = metrics.summary("bank.pipeline.batch.commands");
        metrics.gaugeCollectionSize(
                "bank.pipeline.waiting.commands", Tags.of("lane", "" + number), queue);
    }

    void start() {
        thread.start();
    }

    /** Refuses new commands from here on, and returns once those that wait are answered. */
    void drain() {
        draining = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        for (var late = queue.poll(); late != null; late = queue.poll()) {
            late.outcome().complete(CommandPipeline.OVERLOADED);
        }
    }

    /**
     * @return false where the lane is full or draining
     */
    boolean offer(PendingCommand<?, ?, ?> command) {
        return !draining && queue.offer(command);
    }

    @Override
    public void run() {
        var batch = new ArrayList<PendingCommand<?, ?, ?>>(config.batchSize());
        while (!draining || !queue.isEmpty()) {
            try {
                var first = queue.poll(IDLE_MILLIS, TimeUnit.MILLISECONDS);
                if (first != null) {
                    batch.add(first);
                    queue.drainTo(batch, config.batchSize() - 1);
                    commit(batch);
                }
            } catch (InterruptedException e) {
                LOG.warn("a lane does not end by interruption, it drains");
            } finally {
                batch.clear();
            }
        }
    }

    private void commit(List<PendingCommand<?, ?, ?>> batch) {
        batchSizes.record(batch.size());
        progress.begins();
        var seen = new HashMap<StreamId, Long>();
        try {
            transaction.commit(batch, seen).answer();
            progress.well();
        } catch (SQLException | RuntimeException | Error e) {
            LOG.warnf("a batch of %d commands failed, trying them one by one: %s", batch.size(), e);
            var deadline = System.nanoTime() + config.retryBudget().toNanos();
            batch.forEach(command -> commitAlone(command, seen, deadline));
        }
    }

    /**
     * Only the command that made its batch fail fails again. It is tried more than once, since what
     * failed may have been the commit's answer: then its id is found in the journal.
     */
    private void commitAlone(
            PendingCommand<?, ?, ?> command, Map<StreamId, Long> seen, long deadline) {
        for (int attempt = 1; ; attempt++) {
            try {
                transaction.commit(List.of(command), seen).answer();
                progress.well();
                return;
            } catch (SQLException | RuntimeException | Error e) {
                if (!mayPass(e)) {
                    command.outcome().completeExceptionally(e);
                    return;
                }
                if (attempt == config.attempts() || System.nanoTime() > deadline) {
                    progress.failed(e.toString());
                    command.outcome().completeExceptionally(new UnavailableException(e));
                    return;
                }
                LockSupport.parkNanos(attempt * BACK_OFF_NANOS);
            }
        }
    }

    /**
     * Whether a failure may be gone at the next try: a lost connection or none to be had (SQLSTATE
     * class 08, or none), a row that another process took first (23505), a deadlock or lock wait
     * (40, 55), a server that is shutting down (57).
     */
    private static boolean mayPass(Throwable failure) {
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                var state = sql.getSQLState();
                return state == null || state.matches("08...|40...|55P03|57...|53...|23505|25P0.");
            }
        }
        return false;
    }
}
