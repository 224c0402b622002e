package banking.problem;

import banking.database.DatabaseFailure;
import io.quarkiverse.resteasy.problem.HttpProblem;
import io.quarkiverse.resteasy.problem.postprocessing.ProblemContext;
import io.quarkiverse.resteasy.problem.postprocessing.ProblemPostProcessor;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.NotFoundException;

/** Gives the problems that the framework makes their codes, and hides what is not the client's. */
@ApplicationScoped
class ProblemCodes implements ProblemPostProcessor {

    private static final String BAD_PARAMETER =
            "a parameter of the request cannot be read as what it should be";

    /** Before {@link FailureLog}, which is to see the code. */
    @Override
    public int priority() {
        return 0;
    }

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
        if (problem.getStatusCode() == 500 && DatabaseFailure.mayPass(context.cause)) {
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
