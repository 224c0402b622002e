package banking.health;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** How something that never ends is doing in this process. */
public final class Progress {

    /** For how long a step may take before that is a standstill. */
    private static final Duration LONGEST_STEP = Duration.ofSeconds(8);

    /** For how long its thread may say nothing; longer than a vacuum, which is the longest step. */
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(90);

    private final LongSupplier nanos;
    private @Nullable String failure;
    private long failedAt;
    private boolean underWay;
    private long begun;
    private @Nullable Thread thread;
    private long heard;

    Progress() {
        this(System::nanoTime);
    }

    Progress(LongSupplier nanos) {
        this.nanos = nanos;
        heard = nanos.getAsLong();
    }

    /** Names the thread that takes the steps, without which the process is of no use. */
    public synchronized void on(Thread taker) {
        thread = taker;
    }

    /** There is no step to take, and somebody who would take it. */
    public synchronized void idle() {
        heard = nanos.getAsLong();
    }

    /** Begins a step; should it hang, then {@link #failure} tells. */
    public synchronized void begins() {
        idle();
        underWay = true;
        begun = heard;
    }

    /** The step came to its end, or there is none to take. */
    public synchronized void well() {
        idle();
        underWay = false;
        failure = null;
    }

    /** The step failed, and will be taken again. */
    public synchronized void failed(String why) {
        idle();
        underWay = false;
        failedAt = failure == null ? heard : failedAt;
        failure = why;
    }

    /** Why nothing moves; null when all is well. */
    public synchronized @Nullable String failure() {
        if (failure != null) {
            return failure;
        }
        var age = Duration.ofNanos(nanos.getAsLong() - begun);
        return underWay && age.compareTo(LONGEST_STEP) > 0
                ? "It has been at the same step for " + age.toSeconds() + " seconds."
                : null;
    }

    /** For how long there has been a {@link #failure} by now; zero where all is well. */
    synchronized Duration standstill() {
        var now = nanos.getAsLong();
        if (failure != null) {
            return Duration.ofNanos(Math.max(1, now - failedAt));
        }
        var late = Duration.ofNanos(now - begun).minus(LONGEST_STEP);
        return underWay && late.isPositive() ? late : Duration.ZERO;
    }

    /** Why it will never move again in this process; null where it may. */
    synchronized @Nullable String end() {
        if (thread == null || thread.getState() == Thread.State.NEW) {
            return null;
        }
        if (!thread.isAlive()) {
            return "Its thread has ended.";
        }
        var silence = Duration.ofNanos(nanos.getAsLong() - heard);
        return silence.compareTo(LONGEST_SILENCE) > 0
                ? "Its thread has said nothing for " + silence.toSeconds() + " seconds."
                : null;
    }
}
