package banking.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import banking.security.Issuer;
import banking.security.Passwords;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.AuthenticationRequest;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Set;

/**
 * The ways to say who one is, in place of the framework's own: a token, or name and password. Each
 * is on only where the configuration says whom it knows.
 */
@Alternative
@Priority(1)
@ApplicationScoped
class Logins implements HttpAuthenticationMechanism {

    /** Before those of the framework, which see no request with credentials. */
    private static final int BEFORE_ALL = 10_000;

    private static final String BASIC = "Basic ";
    private static final String BEARER = "Bearer ";
    private static final String REALM = "realm=\"bank\"";

    private final Passwords passwords;
    private final Issuer issuer;
    private final Tokens tokens;

    Logins(Passwords passwords, Issuer issuer, Tokens tokens) {
        this.passwords = passwords;
        this.issuer = issuer;
        this.tokens = tokens;
    }

    @Override
    public int getPriority() {
        return BEFORE_ALL;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(
            RoutingContext request, IdentityProviderManager identities) {
        var given = request.request().headers().getAll(HttpHeaderNames.AUTHORIZATION);
        if (given.isEmpty()) {
            return Uni.createFrom().nullItem();
        }
        var credentials = given.getFirst();
        if (given.size() == 1 && isOf(BASIC, credentials) && passwords.areOn()) {
            return nameAndPassword(request, credentials.substring(BASIC.length()));
        }
        if (given.size() == 1 && isOf(BEARER, credentials) && issuer.isOn()) {
            return tokens.login(request, credentials.substring(BEARER.length()), identities);
        }
        return refused();
    }

    private static boolean isOf(String scheme, String credentials) {
        return credentials.regionMatches(true, 0, scheme, 0, scheme.length());
    }

    private Uni<SecurityIdentity> nameAndPassword(RoutingContext request, String encoded) {
        String text;
        try {
            text = new String(Base64.getDecoder().decode(encoded.strip()), UTF_8);
        } catch (IllegalArgumentException e) {
            return refused();
        }
        var colon = text.indexOf(':');
        if (colon < 0) {
            return refused();
        }
        var name = text.substring(0, colon);
        var password = text.substring(colon + 1);
        // Vert.x goes on with a request where it began with it, and nowhere else.
        var here = request.vertx().getOrCreateContext();
        return passwords.login(
                name, password, address(request), task -> here.runOnContext(_ -> task.run()));
    }

    private static Uni<SecurityIdentity> refused() {
        return Uni.createFrom().failure(new AuthenticationFailedException());
    }

    /** Where a login comes from. */
    static String address(RoutingContext request) {
        var address = request.request().remoteAddress();
        return address == null ? "nowhere" : String.valueOf(address.hostAddress());
    }

    /** How one can say who one is, as an answer's WWW-Authenticate has it. */
    String challenge(RoutingContext request) {
        var ways = new ArrayList<String>();
        if (issuer.isOn()) {
            var given = request.request().getHeader(HttpHeaderNames.AUTHORIZATION);
            var wrong = given != null && isOf(BEARER, given) ? ", error=\"invalid_token\"" : "";
            ways.add(BEARER + REALM + wrong);
        }
        if (passwords.areOn()) {
            ways.add(BASIC + REALM);
        }
        return String.join(", ", ways);
    }

    /** What is needed, for people. */
    String needed() {
        if (issuer.isOn()) {
            return passwords.areOn()
                    ? "A token, or name and password, are needed."
                    : "A token is needed.";
        }
        return passwords.areOn()
                ? "Name and password are needed."
                : "Nobody is known here: neither an issuer nor users are configured.";
    }

    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext request) {
        return Uni.createFrom()
                .item(new ChallengeData(401, HttpHeaderNames.WWW_AUTHENTICATE, challenge(request)));
    }

    @Override
    public Set<Class<? extends AuthenticationRequest>> getCredentialTypes() {
        return Set.of();
    }
}
