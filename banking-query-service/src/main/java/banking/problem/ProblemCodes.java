package banking.problem;

import io.quarkiverse.resteasy.problem.HttpProblem;
import io.quarkiverse.resteasy.problem.postprocessing.ProblemContext;
import io.quarkiverse.resteasy.problem.postprocessing.ProblemPostProcessor;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.NotFoundException;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Gives the problems that the framework makes their codes, and hides what is not the client's. */
@ApplicationScoped
class ProblemCodes implements ProblemPostProcessor {

    private static final String CONNECTION_FAILURE = "08";
    private static final String OPERATOR_INTERVENTION = "57P";
    private static final int MAX_CAUSES = 20;

    private static final String BAD_PARAMETER =
            "a parameter of the request cannot be read as what it should be";

    @Override
    public HttpProblem apply(HttpProblem problem, ProblemContext context) {
        if (problem.getParameters().containsKey(Problems.CODE)) {
            return problem;
        }
        if (context.cause instanceof NotFoundException && context.cause.getCause() != null) {
            // The framework takes a parameter that it cannot convert for a path that is not there.
            return Problems.problem(400, code(400), "Bad Request", BAD_PARAMETER)
                    .withInstance(problem.getInstance())
                    .build();
        }
        if (problem.getStatusCode() == 500 && isOutOfReach(context.cause)) {
            return Problems.passing(
                            503, "unavailable", "Service Unavailable", "The database is away")
                    .withInstance(problem.getInstance())
                    .build();
        }
        var code = code(problem.getStatusCode());
        return HttpProblem.builder(problem)
                .withType(Problems.type(code))
                .with(Problems.CODE, code)
                .build();
    }

    /** Whether the database broke the connection off, or gave none in time. */
    private static boolean isOutOfReach(@Nullable Throwable failure) {
        var cause = failure;
        for (int depth = 0; cause != null && depth < MAX_CAUSES; depth++) {
            if (cause instanceof SQLException sql
                    && (sql.getSQLState() == null
                            || sql.getSQLState().startsWith(CONNECTION_FAILURE)
                            || sql.getSQLState().startsWith(OPERATOR_INTERVENTION))) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }

    private static String code(int status) {
        return switch (status) {
            case 401 -> "not-authenticated";
            case 403 -> "not-permitted";
            case 404 -> "not-found";
            case 405 -> "method-not-allowed";
            case 406 -> "not-acceptable";
            case 413 -> "payload-too-large";
            case 415 -> "unsupported-media-type";
            case 422 -> "invalid-request";
            case 503 -> "overloaded";
            default -> status < 500 ? "malformed-request" : "internal-error";
        };
    }
}
