package banking.http;

import banking.security.Caller;
import banking.security.Permission;
import banking.security.Permissions;
import banking.security.Scope;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.Priorities;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.SimpleResourceInfo;

/** Lets a caller through to what the {@link Permissions} name, and keeps what it is for. */
@ApplicationScoped
class Permitted {

    private static final String SCOPE = Scope.class.getName();

    private final Map<String, Optional<Permission>> operations = new ConcurrentHashMap<>();
    private final AuditedRequests audited;

    Permitted(AuditedRequests audited) {
        this.audited = audited;
    }

    /**
     * @throws ForbiddenException for a caller who may not, and for all where nobody may
     */
    @ServerRequestFilter(priority = Priorities.AUTHORIZATION)
    public void check(SimpleResourceInfo resource, RoutingContext request) {
        audited.begin(resource.getMethodName(), request);
        var permission =
                operations.computeIfAbsent(resource.getMethodName(), Permitted::permission);
        var scope = permission.map(each -> each.of(caller(request))).orElse(new Scope.Nothing());
        if (scope instanceof Scope.Nothing) {
            throw new ForbiddenException();
        }
        request.put(SCOPE, scope);
        if (permission.filter(Permission::isOfOperatorsAlone).isPresent()) {
            audited.before(request);
        }
    }

    static Optional<Permission> permission(String operation) {
        var what = operation.substring(0, 1).toUpperCase(Locale.ROOT) + operation.substring(1);
        return Optional.ofNullable(Permissions.of(what));
    }

    /**
     * @throws UnauthorizedException where nobody has said who it is
     */
    static Caller caller(RoutingContext request) {
        if (request.user() instanceof QuarkusHttpUser user
                && user.getSecurityIdentity().getPrincipal() instanceof Caller caller) {
            return caller;
        }
        throw new UnauthorizedException();
    }

    /** What the request's caller may do with it what it asks for. */
    static Scope scope(RoutingContext request) {
        Scope scope = request.get(SCOPE);
        return scope == null ? new Scope.Nothing() : scope;
    }
}
