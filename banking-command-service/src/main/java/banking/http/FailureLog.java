package banking.http;

import io.quarkiverse.resteasy.problem.HttpProblem;
import io.quarkiverse.resteasy.problem.postprocessing.ProblemContext;
import io.quarkiverse.resteasy.problem.postprocessing.ProblemPostProcessor;
import io.vertx.core.http.HttpClosedException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Objects;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Logs what failed and should not. What passes (503) is reported by whoever watches it, not once
 * for every request that meets it. In place of the problem library's log, which makes no difference
 * between the two.
 */
@ApplicationScoped
class FailureLog implements ProblemPostProcessor {

    private static final Logger LOG = Logger.getLogger(FailureLog.class);

    /** Causes end sooner, unless they run in a ring. */
    private static final int MAX_CAUSES = 20;

    @Override
    public HttpProblem apply(HttpProblem problem, ProblemContext context) {
        if (problem.getStatusCode() == 503) {
            LOG.debugf(context.cause, "refused for the moment: %s", problem.getDetail());
        } else if (isOfTheCaller(context.cause)) {
            LOG.debugf(context.cause, "the caller has gone");
        } else if (problem.getStatusCode() >= 500) {
            LOG.errorf(context.cause, "answered with %s", problem.getTitle());
        }
        return problem;
    }

    /** Whether the connection ended while a request was read: nobody hears the answer. */
    private static boolean isOfTheCaller(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .limit(MAX_CAUSES)
                .anyMatch(HttpClosedException.class::isInstance);
    }
}
