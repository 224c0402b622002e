package banking.database;

import jakarta.annotation.Priority;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;

/**
 * Asks again what has lost its session; by then the pool has none but new ones. Where even those
 * are silent, the caller is told so before it stops waiting.
 */
@Reads
@Interceptor
@Priority(Interceptor.Priority.APPLICATION)
class ReadsAgain {

    /** SQLSTATEs of a session that is lost. Where none is to be had, asking again does not help. */
    private static final Set<String> LOST = Set.of("08003", "08006", "57P01", "57P02", "57P05");

    private static final int TIMES = 3;

    /** One session that says nothing for three seconds is waited for, and a second is not. */
    private static final Duration NOT_AFTER = Duration.ofMillis(3500);

    @AroundInvoke
    Object ask(InvocationContext question) throws Exception {
        var begun = System.nanoTime();
        for (int time = 1; ; time++) {
            try {
                return question.proceed();
            } catch (RuntimeException | SQLException e) {
                var late = System.nanoTime() - begun > NOT_AFTER.toNanos();
                if (late || time == TIMES || !isLost(e)) {
                    throw e;
                }
            }
        }
    }

    private static boolean isLost(Exception failure) {
        return LOST.stream().anyMatch(state -> DatabaseFailure.is(state, failure));
    }
}
