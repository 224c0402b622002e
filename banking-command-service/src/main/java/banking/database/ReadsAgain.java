package banking.database;

import jakarta.annotation.Priority;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import java.sql.SQLException;
import java.util.Set;

/** Asks again what has lost its session; by then the pool has none but new ones. */
@Reads
@Interceptor
@Priority(Interceptor.Priority.APPLICATION)
class ReadsAgain {

    /** SQLSTATEs of a session that is lost. Where none is to be had, asking again does not help. */
    private static final Set<String> LOST = Set.of("08003", "08006", "57P01", "57P02", "57P05");

    private static final int TIMES = 2;

    @AroundInvoke
    Object ask(InvocationContext question) throws Exception {
        for (int time = 0; time < TIMES; time++) {
            try {
                return question.proceed();
            } catch (RuntimeException | SQLException e) {
                if (LOST.stream().noneMatch(state -> DatabaseFailure.is(state, e))) {
                    throw e;
                }
            }
        }
        return question.proceed();
    }
}
