package banking.http;

import static java.util.Objects.requireNonNull;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.UnauthorizedException;
import io.quarkus.security.identity.request.AuthenticationRequest;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticator;
import io.quarkus.vertx.http.runtime.security.HttpSecurityUtils;
import io.smallrye.mutiny.Uni;
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

    /** Attribute of a failed login: for how long the caller has to wait before the next try. */
    public static final String RETRY_AFTER = "retry-after";

    private static final int BEFORE_ALL = 1;

    /** Where a login comes from. */
    public static String address(AuthenticationRequest login) {
        var request = HttpSecurityUtils.getRoutingContextAttribute(login).request();
        var address = request.remoteAddress();
        return address == null ? "nowhere" : String.valueOf(address.hostAddress());
    }

    @ServerExceptionMapper(
            value = {AuthenticationFailedException.class, UnauthorizedException.class},
            priority = BEFORE_ALL)
    Uni<Response> refuse(RoutingContext request) {
        var failure = HttpSecurityUtils.getAuthenticationFailureFromEvent(request);
        Duration wait = failure == null ? null : failure.getAttribute(RETRY_AFTER);
        if (wait != null) {
            return Uni.createFrom().item(refuse(wait));
        }
        HttpAuthenticator authenticator =
                requireNonNull(request.get(HttpAuthenticator.class.getName()));
        return authenticator
                .getChallenge(request)
                .map(
                        challenge -> {
                            var problem =
                                    Problems.builder(
                                            ProblemCode.NOT_AUTHENTICATED,
                                            "Name and password are needed.");
                            challenge
                                    .getHeaders()
                                    .forEach(
                                            (name, value) ->
                                                    problem.withHeader(name.toString(), value));
                            return problem.build().toResponse();
                        });
    }

    private static Response refuse(Duration wait) {
        return Problems.builder(ProblemCode.TOO_MANY_TRIES, "Wait before the next try.")
                .withHeader(HttpHeaders.RETRY_AFTER, wait.toSeconds() + 1)
                .build()
                .toResponse();
    }
}
