package banking.pipeline;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The commands that wait for a lane, in two rows: what policies and the timer give goes first,
 * because it ends what was begun, and what callers give keeps a share of every batch, so that
 * neither row starves. Within its row every command has its place.
 */
final class LaneQueue {

    private final int capacity;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition filled = lock.newCondition();
    private final Queue<PendingCommand<?, ?, ?>> own = new ArrayDeque<>();
    private final Queue<PendingCommand<?, ?, ?>> callers = new ArrayDeque<>();
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
            var row = command.context().isOwn() ? own : callers;
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

    /**
     * Takes what is to be done next, and waits a while where there is nothing.
     *
     * @param most how many at the most; callers' commands get a quarter of it at least
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
            var share = Math.min(callers.size(), Math.max(1, most / 4));
            move(own, batch, most - share);
            move(callers, batch, most - batch.size());
        } finally {
            lock.unlock();
        }
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
        } finally {
            lock.unlock();
        }
    }

    boolean isEmpty() {
        lock.lock();
        try {
            return own.isEmpty() && callers.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    int size() {
        lock.lock();
        try {
            return own.size() + callers.size();
        } finally {
            lock.unlock();
        }
    }
}
