package banking.pipeline;

import banking.aggregate.Outcome;
import banking.aggregate.Rejection;
import banking.database.DatabaseFailure;
import banking.events.StreamId;
import banking.journal.JournalLookup.IfLocked;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Where commands go on that would hold up a lane: those whose stream another transaction has
 * locked, and those whose batch has failed. Each stream makes a detour of its own. A few of them
 * have their turn at a time, for one try each, so one that stays locked delays the others by
 * little.
 */
final class SideLane {

    private static final Outcome BUSY =
            new Outcome.NotNow(
                    new Rejection(
                            PipelineRefusal.BUSY,
                            "Somebody else is changing the same; nothing was done."));

    /** SQLSTATE of a lock that was not to be had in time. */
    private static final String LOCK_NOT_AVAILABLE = "55P03";

    /** SQLSTATE of a row that somebody else has written first; the next try sees it. */
    private static final String UNIQUE_VIOLATION = "23505";

    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(20);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(320);

    private final PipelineConfig config;
    private final BatchTransaction transaction;
    private final Map<StreamId, Detour> detours = new ConcurrentHashMap<>();
    private final LaneMetrics metrics;
    private final Semaphore places;
    private final Semaphore turns;

    SideLane(PipelineConfig config, BatchTransaction transaction, MeterRegistry metrics) {
        this.config = config;
        this.transaction = transaction;
        places = new Semaphore(config.queueCapacity());
        turns = new Semaphore(config.sideTransactions(), true);
        this.metrics = new LaneMetrics("side", this::commands, config.queueCapacity(), metrics);
    }

    private int commands() {
        return config.queueCapacity() - places.availablePermits();
    }

    /** Takes a command in where others of its stream are here, to go behind them. */
    boolean joins(PendingCommand<?, ?, ?> command) {
        var detour = detours.isEmpty() ? null : detours.get(command.streamId());
        return detour != null && detour.add(command);
    }

    /**
     * @param seen where the commands' streams stood, as far as a try that failed came to read them
     * @param failure of that try; null where there was none, since the streams are locked
     */
    void take(
            List<PendingCommand<?, ?, ?>> commands,
            Map<StreamId, Long> seen,
            @Nullable Throwable failure) {
        for (var command : commands) {
            if (!joins(command)) {
                var stream = command.streamId();
                var detour = new Detour(stream, seen.get(stream), failure);
                detour.add(command);
                detours.put(stream, detour);
                detour.thread.start();
            }
        }
    }

    /** Returns once all that is here is answered; nothing may come in any more. */
    void drain() {
        try {
            for (var detour : detours.values()) {
                detour.thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * The way of one stream's commands, in transactions of their own, until they are done or their
     * time is over. They are tried together, and each alone where that fails over one of them.
     */
    private final class Detour {

        private final StreamId stream;
        private final Thread thread;

        /** Until when each is tried, in the order in which they came; guarded by this. */
        private final Map<PendingCommand<?, ?, ?>, Long> commands = new LinkedHashMap<>();

        private boolean ended;

        private final Map<StreamId, Long> seen = new HashMap<>();

        /** Why the commands are not done; null where nothing but locks was in their way. */
        private @Nullable Throwable failure;

        private Duration pause = Duration.ZERO;

        Detour(StreamId stream, @Nullable Long version, @Nullable Throwable failure) {
            this.stream = stream;
            thread = Thread.ofVirtual().name("detour-" + stream).unstarted(this::run);
            if (version != null) {
                seen.put(stream, version);
            }
            if (failure != null && !DatabaseFailure.is(LOCK_NOT_AVAILABLE, failure)) {
                this.failure = failure;
            }
        }

        /**
         * @return false where the detour has come to its end
         */
        synchronized boolean add(PendingCommand<?, ?, ?> command) {
            if (ended) {
                return false;
            }
            if (places.tryAcquire()) {
                commands.put(command, System.nanoTime() + config.patience().toNanos());
            } else {
                command.answer(CommandPipeline.OVERLOADED);
            }
            return true;
        }

        private void run() {
            for (var next = next(); !next.isEmpty(); next = next()) {
                if (getsTurn()) {
                    try {
                        commit(next);
                    } finally {
                        turns.release();
                    }
                    LockSupport.parkNanos(pause.toNanos());
                }
                giveUpLate();
            }
        }

        private synchronized List<PendingCommand<?, ?, ?>> next() {
            ended = commands.isEmpty();
            if (ended) {
                detours.remove(stream, this);
            }
            return commands.keySet().stream().limit(config.batchSize()).toList();
        }

        private boolean getsTurn() {
            long until;
            synchronized (this) {
                until = commands.values().iterator().next();
            }
            try {
                return turns.tryAcquire(until - System.nanoTime(), TimeUnit.NANOSECONDS);
            } catch (InterruptedException e) {
                throw new IllegalStateException("nobody interrupts a detour", e);
            }
        }

        /**
         * @return whether the database did what it should
         */
        private boolean commit(List<PendingCommand<?, ?, ?>> next) {
            var begun = System.nanoTime();
            try {
                var committed = transaction.commit(next, seen, IfLocked.WAIT);
                metrics.committed(next.size(), begun);
                pause = Duration.ZERO;
                if (committed.held().isEmpty()) {
                    leave(next);
                    committed.batch().answer();
                }
                return true;
            } catch (SQLException | RuntimeException | Error e) {
                if (DatabaseFailure.is(LOCK_NOT_AVAILABLE, e)) {
                    // It was waited for in the database.
                    return false;
                }
                if (DatabaseFailure.mayPass(e) || DatabaseFailure.is(UNIQUE_VIOLATION, e)) {
                    failure = e;
                    pause = longer(pause);
                    return false;
                }
                if (next.size() > 1) {
                    return next.stream().allMatch(command -> commit(List.of(command)));
                }
                leave(next);
                next.getFirst().fail(e);
                return true;
            }
        }

        private void giveUpLate() {
            var now = System.nanoTime();
            List<PendingCommand<?, ?, ?>> late;
            synchronized (this) {
                late =
                        commands.entrySet().stream()
                                .takeWhile(command -> command.getValue() - now <= 0)
                                .<PendingCommand<?, ?, ?>>map(Map.Entry::getKey)
                                .toList();
            }
            leave(late);
            for (var command : late) {
                if (failure == null) {
                    command.answer(BUSY);
                } else {
                    command.fail(new UnavailableException(failure));
                }
            }
        }

        private synchronized void leave(List<PendingCommand<?, ?, ?>> answered) {
            answered.forEach(commands::remove);
            places.release(answered.size());
        }

        private static Duration longer(Duration pause) {
            var doubled = pause.isZero() ? SHORTEST_PAUSE : pause.multipliedBy(2);
            return doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
        }
    }
}
