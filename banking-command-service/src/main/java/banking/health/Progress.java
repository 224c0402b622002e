package banking.health;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How something that never ends is doing in this process. */
public final class Progress {

    /** For how long a step may take before that is a standstill. */
    private static final Duration LONGEST_STEP = Duration.ofSeconds(8);

    private @Nullable String failure;
    private boolean underWay;
    private long begun;

    Progress() {}

    /** Begins a step; should it hang, then {@link #failure} tells. */
    public synchronized void begins() {
        underWay = true;
        begun = System.nanoTime();
    }

    /** The step came to its end, or there is none to take. */
    public synchronized void well() {
        underWay = false;
        failure = null;
    }

    /** The step failed, and will be taken again. */
    public synchronized void failed(String why) {
        underWay = false;
        failure = why;
    }

    /** Why nothing moves; null when all is well. */
    public synchronized @Nullable String failure() {
        if (failure != null) {
            return failure;
        }
        var age = Duration.ofNanos(System.nanoTime() - begun);
        return underWay && age.compareTo(LONGEST_STEP) > 0
                ? "It has been at the same step for " + age.toSeconds() + " seconds."
                : null;
    }
}
