package banking.health;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Until when all is taken in that a log had by then, from looks that follow one another. */
public final class TakenIn {

    private record Goal(Instant asOf, long end) {}

    private @Nullable Goal goal;
    private @Nullable Instant until;

    /**
     * @param next the offset that comes next
     * @param end where the log ends; one that was made anew may never come to where the one before
     *     has ended
     */
    public synchronized void look(Instant asOf, long next, long end) {
        if (next >= end) {
            until = asOf;
            goal = null;
        } else if (goal == null) {
            goal = new Goal(asOf, end);
        } else if (next >= Math.min(goal.end, end)) {
            until = goal.asOf;
            goal = new Goal(asOf, end);
        }
    }

    /** Null before that is known. */
    public synchronized @Nullable Instant until() {
        return until;
    }
}
