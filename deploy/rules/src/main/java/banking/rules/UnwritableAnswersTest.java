package banking.rules;

import static io.restassured.RestAssured.given;
import static java.util.Objects.requireNonNull;

import io.quarkiverse.resteasy.problem.HttpProblem;
import io.quarkus.security.Authenticated;
import io.restassured.response.ValidatableResponse;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.hamcrest.Matcher;
import org.hamcrest.MatcherAssert;
import org.hamcrest.Matchers;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a service does when its answer cannot be written; a test of the service inherits it. */
public abstract class UnwritableAnswersTest {

    private static final String FAULT = "there is a bug in the answer";

    /** An answer that has no JSON. */
    public static final class Unwritable {

        public String getText() {
            return Optional.<String>empty().orElseThrow(() -> new IllegalStateException(FAULT));
        }
    }

    /** An answer that nobody registered for a native image. */
    public record Unknown(String text) {}

    /**
     * A part of the service that has faults, and that callers are told nothing of. It is called
     * like what an auditor may call in every service.
     */
    @Path("/unwritable")
    @Authenticated
    @Produces(MediaType.APPLICATION_JSON)
    public static class Faults {

        @GET
        @Operation(hidden = true)
        @Path("answer")
        public Unwritable parkedStreams() {
            return new Unwritable();
        }

        @GET
        @Operation(hidden = true)
        @Path("problem")
        public String parkedStreams(@QueryParam("text") @Nullable String text) {
            throw HttpProblem.builder()
                    .withStatus(422)
                    .with("code", "invalid-request")
                    .with("violations", List.of(new Unwritable()))
                    .build();
        }

        @GET
        @Operation(hidden = true)
        @Path("unknown")
        public Object parkedStreams(@QueryParam("number") @Nullable Integer number) {
            return new Unknown("of a type that the framework cannot see");
        }
    }

    private final List<LogRecord> errors = new CopyOnWriteArrayList<>();

    private final Handler log =
            new Handler() {
                @Override
                public void publish(LogRecord entry) {
                    if (entry.getLevel().intValue() >= Level.SEVERE.intValue()) {
                        errors.add(entry);
                    }
                }

                @Override
                public void flush() {}

                @Override
                public void close() {}
            };

    @BeforeEach
    void listen() {
        Logger.getLogger("").addHandler(log);
    }

    @AfterEach
    void hearNoMore() {
        Logger.getLogger("").removeHandler(log);
    }

    @Test
    void an_answer_that_cannot_be_written_is_an_error_of_ours_whose_cause_is_logged() {
        failing("/unwritable/answer")
                .contentType("application/problem+json")
                .body("code", Matchers.equalTo("internal-error"));

        theLogSays(Matchers.equalTo(FAULT));
    }

    @Test
    void so_is_a_problem_that_cannot_be_written() {
        failing("/unwritable/problem");

        theLogSays(Matchers.equalTo(FAULT));
    }

    /** The test of the tests: all of them would meet what a native image does not know. */
    @Test
    void what_a_native_image_would_not_know_fails_here_too() {
        failing("/unwritable/unknown");

        theLogSays(Matchers.containsString("would not be known in a native image"));
    }

    private static ValidatableResponse failing(String path) {
        return given().auth()
                .preemptive()
                .basic("auditor", "auditor")
                .get(path)
                .then()
                .statusCode(500);
    }

    private void theLogSays(Matcher<String> what) {
        MatcherAssert.assertThat(errors, Matchers.hasSize(1));
        var cause = requireNonNull(errors.getFirst().getThrown());
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        MatcherAssert.assertThat(cause.getMessage(), what);
    }
}
