package banking.http;

import banking.audit.AuditEntry;
import banking.audit.AuditTrail;
import banking.security.Caller;
import io.quarkiverse.resteasy.problem.HttpProblem;
import io.quarkiverse.resteasy.problem.postprocessing.ProblemContext;
import io.quarkiverse.resteasy.problem.postprocessing.ProblemPostProcessor;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.ws.rs.container.ContainerResponseContext;
import java.time.Clock;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;
import org.jspecify.annotations.Nullable;

/**
 * Puts on record every request that an operation has answered, and every one that was refused by
 * whatever refuses. A command that has led to events is on record with them.
 */
@ApplicationScoped
class AuditedRequests implements ProblemPostProcessor {

    /** So that whatever is refused is seen. */
    private static final int FIRST_OF_ALL = Integer.MIN_VALUE;

    private static final int REFUSED = 400;

    /** The connection has ended before the answer; what came of it was heard by nobody. */
    private static final int BROKEN_OFF = 499;

    private static final String ID = "[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}";
    private static final Pattern THING =
            Pattern.compile("(?:^|[/&])([A-Za-z-]+)[/=](ID)(?=[/&]|$)".replace("ID", ID));

    private final AuditTrail trail;
    private final CurrentVertxRequest current;
    private final Clock clock = Clock.systemUTC();

    AuditedRequests(AuditTrail trail, CurrentVertxRequest current) {
        this.trail = trail;
        this.current = current;
    }

    void watch(@Observes Router router) {
        router.route()
                .order(FIRST_OF_ALL)
                .handler(
                        request -> {
                            request.addEndHandler(_ -> end(request));
                            request.next();
                        });
    }

    /**
     * @throws HttpProblem {@code unavailable} for what is about to be read and has no place on
     *     record
     */
    void begin(String operation, RoutingContext request) {
        var asked = Asked.of(request);
        asked.isFor(operation);
        var method = request.request().method();
        if (method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD)) {
            if (!trail.reserve()) {
                throw Problems.of(
                        ProblemCode.UNAVAILABLE,
                        "Whoever reads is put on record, which cannot be done just now.");
            }
            asked.hasPlace();
        }
    }

    /**
     * Puts on record what an operator is about to do.
     *
     * @throws HttpProblem {@code unavailable} where it cannot be; it is then not to be done
     */
    void before(RoutingContext request) {
        try {
            if (trail.addAtOnce(entry(request, Asked.of(request), AuditEntry.BEGUN, null))) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw Problems.of(
                ProblemCode.UNAVAILABLE,
                "What operators do is put on record first, which cannot be done just now.");
    }

    /** Sees the true reason where something is thrown, of which only the told one goes on. */
    @Override
    public HttpProblem apply(HttpProblem problem, ProblemContext context) {
        if (context.cause instanceof HttpProblem thrown && Problems.isOfOthers(thrown)) {
            Asked.of(current.getCurrent()).wasRefused(ProblemCode.NOT_PERMITTED.code());
        }
        return problem;
    }

    /** Sees why something is refused before it is written as text. */
    @ServerResponseFilter
    public void look(ContainerResponseContext answer, RoutingContext request) {
        if (answer.getStatus() >= REFUSED && answer.getEntity() instanceof HttpProblem problem) {
            var asked = Asked.of(request);
            if (asked.code() == null) {
                asked.wasRefused(Problems.trueCode(problem));
            }
        }
    }

    private void end(RoutingContext request) {
        var asked = Asked.of(request);
        var status = request.response().ended() ? request.response().getStatusCode() : BROKEN_OFF;
        if (asked.isExpected()) {
            trail.addReserved(entry(request, asked, status, code(asked, status)));
        } else if (status >= REFUSED
                || (asked.operation() != null && !asked.isKnownToTheJournal())) {
            trail.add(entry(request, asked, status, code(asked, status)));
        }
    }

    private static @Nullable String code(Asked asked, int status) {
        if (status < REFUSED) {
            return null;
        }
        var code = asked.code();
        return code == null ? ProblemCode.ofStatus(status).code() : code;
    }

    private AuditEntry entry(
            RoutingContext request, Asked asked, int status, @Nullable String code) {
        var caller = caller(request);
        var operation = asked.operation();
        var thing = THING.matcher(RequestStories.path(request));
        var isNamed = thing.find();
        if (!isNamed && request.request().query() != null) {
            thing.reset(request.request().query());
            isNamed = thing.find();
        }
        return new AuditEntry(
                clock.instant(),
                caller == null ? "" : caller.id(),
                caller == null ? "" : caller.words(),
                operation == null ? RequestStories.line(request) : operation,
                isNamed ? kind(thing.group(1)) : null,
                isNamed ? UUID.fromString(thing.group(2)) : null,
                status,
                code,
                RequestStories.story(request),
                Logins.address(request),
                asked.reason());
    }

    private static @Nullable Caller caller(RoutingContext request) {
        return request.user() instanceof QuarkusHttpUser user
                        && user.getSecurityIdentity().getPrincipal() instanceof Caller caller
                ? caller
                : null;
    }

    /** Of many things, as in {@code accounts}, or one thing's id, as in {@code customerId}. */
    private static String kind(String word) {
        if (word.endsWith("Id")) {
            return word.substring(0, word.length() - "Id".length());
        }
        if (word.endsWith("ies")) {
            return word.substring(0, word.length() - "ies".length()) + "y";
        }
        return word.endsWith("s") ? word.substring(0, word.length() - 1) : word;
    }
}
