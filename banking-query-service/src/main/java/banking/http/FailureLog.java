package banking.http;

import io.quarkiverse.resteasy.problem.HttpProblem;
import io.quarkiverse.resteasy.problem.postprocessing.ProblemContext;
import io.quarkiverse.resteasy.problem.postprocessing.ProblemPostProcessor;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/**
 * Logs what failed and should not. What passes (503) is reported by whoever watches it, not once
 * for every request that meets it. In place of the problem library's log, which makes no difference
 * between the two.
 */
@ApplicationScoped
class FailureLog implements ProblemPostProcessor {

    private static final Logger LOG = Logger.getLogger(FailureLog.class);

    @Override
    public HttpProblem apply(HttpProblem problem, ProblemContext context) {
        if (problem.getStatusCode() == 503) {
            LOG.debugf(context.cause, "refused for the moment: %s", problem.getDetail());
        } else if (problem.getStatusCode() >= 500) {
            LOG.errorf(context.cause, "answered with %s", problem.getTitle());
        }
        return problem;
    }
}
