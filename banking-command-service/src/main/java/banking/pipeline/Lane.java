package banking.pipeline;

import banking.database.DatabaseFailure;
import banking.events.StreamId;
import banking.health.Progress;
import banking.journal.JournalLookup.IfLocked;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * One thread that commits what its queue holds, batch after batch. It waits for nobody's locks and
 * tries nothing again: what that would be needed for goes on in the side lane.
 */
final class Lane implements Runnable {

    private static final Logger LOG = Logger.getLogger(Lane.class);

    /** How soon an idle lane notices that it is to drain. */
    private static final long IDLE_MILLIS = 100;

    private final PipelineConfig config;
    private final BatchTransaction transaction;
    private final SideLane sideLane;
    private final LaneQueue queue;
    private final LaneMetrics metrics;
    private final Progress progress;
    private final Thread thread;
    private volatile boolean draining;

    Lane(
            int number,
            PipelineConfig config,
            BatchTransaction transaction,
            SideLane sideLane,
            Progress progress,
            MeterRegistry metrics) {
        this.config = config;
        this.transaction = transaction;
        this.sideLane = sideLane;
        this.progress = progress;
        queue = new LaneQueue(config.queueCapacity());
        thread = Thread.ofPlatform().name("lane-" + number).unstarted(this);
        progress.on(thread);
        this.metrics = new LaneMetrics("" + number, queue::size, config.queueCapacity(), metrics);
        LaneMetrics.ofBulks("" + number, queue::inBulk, metrics);
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
        var late = new ArrayList<PendingCommand<?, ?, ?>>();
        queue.empty(late);
        late.forEach(command -> command.answer(CommandPipeline.OVERLOADED));
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
                queue.take(batch, config.batchSize(), IDLE_MILLIS);
                if (batch.isEmpty()) {
                    progress.idle();
                }
                batch.removeIf(sideLane::joins);
                if (!batch.isEmpty()) {
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
        var begun = System.nanoTime();
        progress.begins();
        var seen = new HashMap<StreamId, Long>();
        try {
            var committed = transaction.commit(batch, seen, IfLocked.PASS_OVER);
            metrics.committed(batch.size(), begun);
            committed.batch().answer();
            sideLane.take(committed.held(), seen, null);
            progress.well();
        } catch (SQLException | RuntimeException | Error e) {
            if (progress.failure() == null) {
                LOG.warnf("a batch of %d commands failed, each goes on alone: %s", batch.size(), e);
            }
            if (DatabaseFailure.mayPass(e)) {
                progress.failed(e.toString());
            }
            sideLane.take(batch, seen, e);
        }
    }
}
