package banking.problem;

import io.quarkiverse.resteasy.problem.HttpProblem;
import jakarta.ws.rs.core.HttpHeaders;
import java.net.URI;

/** Makes problems in the one form that all of them have. */
public final class Problems {

    static final String CODE = "code";

    private Problems() {}

    /** A problem with its stable code, which the members added later may not repeat. */
    public static HttpProblem.Builder problem(
            int status, String code, String title, String detail) {
        return HttpProblem.builder()
                .withType(type(code))
                .withStatus(status)
                .withTitle(title)
                .withDetail(detail)
                .with(CODE, code);
    }

    static URI type(String code) {
        return URI.create("urn:banking:problem:" + code);
    }

    public static HttpProblem.Builder passing(
            int status, String code, String title, String detail) {
        return problem(status, code, title, detail)
                .withHeader(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
    }

    private static final int RETRY_AFTER_SECONDS = 1;
}
