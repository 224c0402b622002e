package banking.http;

import banking.aggregate.Refusal;
import banking.database.DatabaseFailure;
import banking.events.MalformedIdException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import io.quarkiverse.resteasy.problem.HttpProblem;
import io.quarkiverse.resteasy.problem.postprocessing.ProblemContext;
import io.quarkiverse.resteasy.problem.postprocessing.ProblemPostProcessor;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.quarkus.security.ForbiddenException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.validation.ConstraintViolationException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Gives every failure its code, so that all of them look alike whoever noticed them. */
@ApplicationScoped
public class Problems implements ProblemPostProcessor {

    private static final String TYPE = "urn:banking:problem:";
    private static final String CODE = "code";
    private static final int RETRY_AFTER_SECONDS = 1;

    /** One thing that is wrong with a request: where, and what. */
    @RegisterForReflection // The framework sees only a problem's parameters.
    public record Violation(String field, String message) {}

    public static HttpProblem of(Refusal refusal, String detail) {
        return builder(refusal, detail).build();
    }

    public static HttpProblem malformed(String detail) {
        return of(ProblemCode.MALFORMED_REQUEST, detail);
    }

    public static HttpProblem.Builder builder(Refusal refusal, String detail) {
        var problem =
                HttpProblem.builder()
                        .withType(URI.create(TYPE + refusal.code()))
                        .withTitle(refusal.title())
                        .withStatus(refusal.status())
                        .withDetail(detail)
                        .with(CODE, refusal.code());
        return refusal.status() == 503
                ? problem.withHeader("Retry-After", RETRY_AFTER_SECONDS)
                : problem;
    }

    /** The same, of what is there and not the caller's: the caller is to be told the same. */
    public static HttpProblem ofOthers(HttpProblem problem) {
        problem.initCause(new ForbiddenException());
        return problem;
    }

    static boolean isOfOthers(HttpProblem problem) {
        return problem.getCause() instanceof ForbiddenException;
    }

    /** Why it is one, which the caller need not have been told. */
    static String trueCode(HttpProblem problem) {
        return isOfOthers(problem)
                ? ProblemCode.NOT_PERMITTED.code()
                : String.valueOf(problem.getParameters().get(CODE));
    }

    /** Before {@link FailureLog}, which is to see the code. */
    @Override
    public int priority() {
        return 0;
    }

    @Override
    public HttpProblem apply(HttpProblem problem, ProblemContext context) {
        if (context.cause instanceof ConstraintViolationException invalid) {
            return builder(ProblemCode.INVALID_REQUEST, "See the violations.")
                    .with("violations", violations(invalid))
                    .build();
        }
        if (problem.getParameters().containsKey(CODE)) {
            return problem;
        }
        if (context.cause instanceof InvalidFormatException failure) {
            // For these the library has a mapper of its own, which comes before ours.
            return unexpected(failure);
        }
        var code = code(problem, context.cause);
        var coded = builder(code, detail(problem, context.cause, code));
        problem.getHeaders().forEach(coded::withHeader);
        return coded.build();
    }

    private static ProblemCode code(HttpProblem problem, Throwable cause) {
        if (cause instanceof NotFoundException && cause.getCause() != null) {
            // The framework takes a parameter that it cannot convert for a path that is not there.
            return ProblemCode.MALFORMED_REQUEST;
        }
        return problem.getStatusCode() == 500 && DatabaseFailure.mayPass(cause)
                ? ProblemCode.UNAVAILABLE
                : ProblemCode.ofStatus(problem.getStatusCode());
    }

    /** Never of our own failures: what the exception says is for the log. */
    private static String detail(HttpProblem problem, Throwable cause, ProblemCode code) {
        if (code == ProblemCode.MALFORMED_REQUEST
                && cause.getCause() instanceof MalformedIdException) {
            return MalformedIdException.DETAIL;
        }
        var detail = problem.getDetail();
        return detail == null || detail.startsWith("HTTP ") || code.status() >= 500
                ? code.title()
                : detail;
    }

    /** JSON that is none, or not of the form that is expected. */
    @ServerExceptionMapper
    public Response unreadable(MismatchedInputException failure) {
        return unexpected(failure).toResponse();
    }

    /** What Jackson says of it names our classes, so we say it ourselves. */
    private static HttpProblem unexpected(MismatchedInputException failure) {
        var where =
                failure.getPath().stream()
                        .map(JsonMappingException.Reference::getFieldName)
                        .filter(Objects::nonNull)
                        .collect(Collectors.joining("."));
        return malformed(
                where.isEmpty()
                        ? "The body is not the JSON object that is expected here."
                        : "The member " + where + " is not of the type expected here.");
    }

    private static List<Violation> violations(ConstraintViolationException invalid) {
        return invalid.getConstraintViolations().stream()
                .map(v -> new Violation(field(v.getPropertyPath().toString()), v.getMessage()))
                .sorted(Comparator.comparing(Violation::field))
                .toList();
    }

    /** Without the names of the Java method and its body, which the caller does not know. */
    private static String field(String path) {
        var parameter = path.substring(path.indexOf('.') + 1);
        return parameter.startsWith("body.") ? parameter.substring("body.".length()) : parameter;
    }
}
