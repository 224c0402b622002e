package banking.http;

import banking.security.Passwords;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.UnauthorizedException;
import io.quarkus.vertx.http.runtime.security.HttpSecurityUtils;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/**
 * Refuses callers who are not known, and says how or when they can be. In place of the problem
 * library's mapper, which knows the challenges of an older Quarkus only.
 */
public class UnknownCallers {

    private static final int BEFORE_ALL = 1;

    private final Logins logins;

    UnknownCallers(Logins logins) {
        this.logins = logins;
    }

    @ServerExceptionMapper(
            value = {AuthenticationFailedException.class, UnauthorizedException.class},
            priority = BEFORE_ALL)
    Response refuse(RoutingContext request) {
        var failure = HttpSecurityUtils.getAuthenticationFailureFromEvent(request);
        Duration wait = failure == null ? null : failure.getAttribute(Passwords.RETRY_AFTER);
        if (wait != null) {
            return refuse(wait);
        }
        // The library has put its own there by now, which knows one of the ways and no realm.
        request.response().headers().remove(HttpHeaders.WWW_AUTHENTICATE);
        var problem = Problems.builder(ProblemCode.NOT_AUTHENTICATED, logins.needed());
        var challenge = logins.challenge(request);
        if (!challenge.isEmpty()) {
            problem.withHeader(HttpHeaders.WWW_AUTHENTICATE, challenge);
        }
        return problem.build().toResponse();
    }

    private static Response refuse(Duration wait) {
        return Problems.builder(ProblemCode.TOO_MANY_TRIES, "Wait before the next try.")
                .withHeader(HttpHeaders.RETRY_AFTER, wait.toSeconds() + 1)
                .build()
                .toResponse();
    }
}
