package banking.http;

import static banking.Bank.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import banking.CommandServiceTest;
import io.quarkiverse.resteasy.problem.HttpProblem;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@CommandServiceTest
class AnswerWriterTest {

    private static final String FAULT = "there is a bug in the answer";

    /** An answer that has no JSON. */
    public static final class Unwritable {

        public String getText() {
            return Optional.<String>empty().orElseThrow(() -> new IllegalStateException(FAULT));
        }
    }

    /** A service with a fault. */
    @Path("/unwritable")
    @RolesAllowed("auditor")
    @Produces(MediaType.APPLICATION_JSON)
    public static class UnwritableResource {

        @GET
        @Path("answer")
        public Unwritable answer() {
            return new Unwritable();
        }

        @GET
        @Path("problem")
        public String problem() {
            throw HttpProblem.builder()
                    .withStatus(422)
                    .with("code", "invalid-request")
                    .with("violations", List.of(new Unwritable()))
                    .build();
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
        as("auditor")
                .get("/unwritable/answer")
                .then()
                .statusCode(500)
                .contentType("application/problem+json")
                .body("code", equalTo("internal-error"));

        theCauseIsLogged();
    }

    @Test
    void so_is_a_problem_that_cannot_be_written() {
        as("auditor").get("/unwritable/problem").then().statusCode(500);

        theCauseIsLogged();
    }

    private void theCauseIsLogged() {
        assertThat(errors)
                .singleElement()
                .satisfies(error -> assertThat(error.getThrown()).rootCause().hasMessage(FAULT));
    }
}
