package banking.problem;

import static java.util.Objects.requireNonNull;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.UnauthorizedException;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticator;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/**
 * Refuses callers who are not known, and says how they can be. In place of the problem library's
 * mapper, which knows the challenges of an older Quarkus only.
 */
class UnknownCallers {

    private static final int BEFORE_ALL = 1;

    @ServerExceptionMapper(
            value = {AuthenticationFailedException.class, UnauthorizedException.class},
            priority = BEFORE_ALL)
    Uni<Response> refuse(RoutingContext request) {
        HttpAuthenticator authenticator =
                requireNonNull(request.get(HttpAuthenticator.class.getName()));
        return authenticator
                .getChallenge(request)
                .map(
                        challenge -> {
                            var problem =
                                    Problems.problem(
                                            401,
                                            "not-authenticated",
                                            "Unauthorized",
                                            "Name and password are needed.");
                            challenge
                                    .getHeaders()
                                    .forEach(
                                            (name, value) ->
                                                    problem.withHeader(name.toString(), value));
                            return problem.build().toResponse();
                        });
    }
}
