package banking.http;

import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import io.quarkiverse.resteasy.problem.HttpProblem;
import io.quarkiverse.resteasy.problem.postprocessing.ProblemContext;
import io.quarkus.security.ForbiddenException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import java.util.concurrent.CompletionException;

/** Answers the failure of one command of a bulk as that of a request of its own is answered. */
@ApplicationScoped
class BulkProblems {

    private final Problems problems;
    private final FailureLog log;

    BulkProblems(Problems problems, FailureLog log) {
        this.problems = problems;
        this.log = log;
    }

    HttpProblem of(Throwable failure) {
        var cause =
                failure instanceof CompletionException && failure.getCause() != null
                        ? failure.getCause()
                        : failure;
        return log.apply(problem(cause), ProblemContext.of(cause, BulkBounds.PATH));
    }

    private HttpProblem problem(Throwable cause) {
        return switch (cause) {
            case HttpProblem problem -> problem;
            case MismatchedInputException unreadable ->
                    (HttpProblem) problems.unreadable(unreadable).getEntity();
            case ForbiddenException _ -> coded(Response.Status.FORBIDDEN, cause);
            default -> coded(Response.Status.INTERNAL_SERVER_ERROR, cause);
        };
    }

    private HttpProblem coded(Response.Status status, Throwable cause) {
        return problems.apply(
                HttpProblem.valueOf(status), ProblemContext.of(cause, BulkBounds.PATH));
    }
}
