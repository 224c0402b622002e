package banking.pipeline;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The commands that wait for a lane, in three rows: what policies and the timer give goes first,
 * because it ends what was begun, and what callers give one by one keeps a share of every batch.
 * What comes in bulk is nobody's who waits for one answer: beside others it is a quarter of what is
 * done, and alone it fills half a batch, behind which who comes then does not wait for long. So no
 * row starves, and within its row every command has its place.
 */
final class LaneQueue {

    private final int capacity;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition filled = lock.newCondition();
    private final Queue<PendingCommand<?, ?, ?>> own = new ArrayDeque<>();
    private final Queue<PendingCommand<?, ?, ?>> callers = new ArrayDeque<>();
    private final Queue<PendingCommand<?, ?, ?>> bulks = new ArrayDeque<>();
    private boolean isAwaited;

    /**
     * @param capacity how many commands may wait in each row
     */
    LaneQueue(int capacity) {
        this.capacity = capacity;
    }

    /**
     * @return false where there is no room
     */
    boolean offer(PendingCommand<?, ?, ?> command) {
        lock.lock();
        try {
            var row = row(command.context());
            if (row.size() == capacity) {
                return false;
            }
            row.add(command);
            if (isAwaited) {
                isAwaited = false;
                filled.signal();
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    private Queue<PendingCommand<?, ?, ?>> row(CommandContext context) {
        if (context.isOwn()) {
            return own;
        }
        return context.bulk() == null ? callers : bulks;
    }

    /**
     * Takes what is to be done next, and waits a while where there is nothing.
     *
     * @param most how many at the most; callers' commands get a quarter of it at least, and those
     *     in bulk a sixteenth
     */
    void take(List<PendingCommand<?, ?, ?>> batch, int most, long waitMillis)
            throws InterruptedException {
        lock.lock();
        try {
            var left = TimeUnit.MILLISECONDS.toNanos(waitMillis);
            while (isEmpty() && left > 0) {
                isAwaited = true;
                left = filled.awaitNanos(left);
            }
            isAwaited = false;
            var forOthers = most - Math.min(bulks.size(), Math.max(1, most / 4));
            var share = Math.min(callers.size(), Math.max(1, most / 4));
            move(own, batch, forOthers - share);
            move(callers, batch, forOthers - batch.size());
            move(bulks, batch, ofBulks(batch.size(), most));
        } finally {
            lock.unlock();
        }
    }

    /**
     * @param others what else is in the batch
     */
    private static int ofBulks(int others, int most) {
        return others == 0 ? Math.max(1, most / 2) : Math.max(1, Math.max(others / 3, most / 16));
    }

    private static void move(
            Queue<PendingCommand<?, ?, ?>> from, List<PendingCommand<?, ?, ?>> to, int most) {
        for (int moved = 0; moved < most && !from.isEmpty(); moved++) {
            to.add(from.remove());
        }
    }

    /** Takes all that waits. */
    void empty(List<PendingCommand<?, ?, ?>> into) {
        lock.lock();
        try {
            move(own, into, own.size());
            move(callers, into, callers.size());
            move(bulks, into, bulks.size());
        } finally {
            lock.unlock();
        }
    }

    boolean isEmpty() {
        return size() + inBulk() == 0;
    }

    /** How many wait that do not come in bulk: those that are waited for one by one. */
    int size() {
        lock.lock();
        try {
            return own.size() + callers.size();
        } finally {
            lock.unlock();
        }
    }

    int inBulk() {
        lock.lock();
        try {
            return bulks.size();
        } finally {
            lock.unlock();
        }
    }
}
