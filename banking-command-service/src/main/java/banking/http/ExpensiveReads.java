package banking.http;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Lets a few at a time read what takes the database long, so that nobody else waits for it. Whoever
 * waits does so on a virtual thread, and with no session of the database.
 */
@ApplicationScoped
public class ExpensiveReads {

    static final int AT_ONCE = 2;
    static final int MOST_WAITING = 50;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Semaphore turns = new Semaphore(AT_ONCE, true);

    ExpensiveReads() {}

    /**
     * Reads when it is its turn.
     *
     * @throws io.quarkiverse.resteasy.problem.HttpProblem {@code overloaded} where too many wait
     *     for theirs, or for too long
     */
    public <T> T inTurn(Supplier<T> reading) {
        if (waiting() >= MOST_WAITING || !getsItsTurn()) {
            throw Problems.of(
                    ProblemCode.OVERLOADED, "Others read much just now; nothing was done.");
        }
        try {
            return reading.get();
        } finally {
            turns.release();
        }
    }

    int waiting() {
        return turns.getQueueLength();
    }

    private boolean getsItsTurn() {
        try {
            return turns.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
