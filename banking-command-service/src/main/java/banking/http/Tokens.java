package banking.http;

import banking.events.CustomerId;
import banking.events.MalformedIdException;
import banking.security.Caller;
import banking.security.CallersConfig;
import banking.security.Issuer;
import banking.security.VerifiedTokens;
import io.quarkus.oidc.runtime.OidcAuthenticationMechanism;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jspecify.annotations.Nullable;

/** Knows callers by the tokens of the issuer. */
@ApplicationScoped
class Tokens {

    /** Nobody waits longer for the issuer's keys. */
    private static final Duration PATIENCE = Duration.ofSeconds(4);

    private static final int MOST_CHARACTERS = 8_000;

    private final OidcAuthenticationMechanism oidc;
    private final Issuer issuer;
    private final VerifiedTokens verified;
    private final String customerClaim;

    Tokens(
            OidcAuthenticationMechanism oidc,
            Issuer issuer,
            VerifiedTokens verified,
            CallersConfig config) {
        this.oidc = oidc;
        this.issuer = issuer;
        this.verified = verified;
        customerClaim = config.customerClaim();
    }

    /** Answers at once where the token was verified a moment ago. */
    Uni<SecurityIdentity> login(
            RoutingContext request, String token, IdentityProviderManager identities) {
        var known = verified.get(token);
        if (known != null) {
            return Uni.createFrom().item(known);
        }
        if (token.length() > MOST_CHARACTERS) {
            return Uni.createFrom().failure(refused(request));
        }
        return issuer.reached()
                .chain(() -> oidc.authenticate(request, identities))
                .ifNoItem()
                .after(PATIENCE)
                .fail()
                .map(identity -> caller(token, identity))
                .onFailure()
                .transform(_ -> refused(request));
    }

    private AuthenticationFailedException refused(RoutingContext request) {
        verified.refused(Logins.address(request));
        return new AuthenticationFailedException();
    }

    /** Without the token and all that the library hangs on to it. */
    private SecurityIdentity caller(String token, SecurityIdentity identity) {
        if (!(identity.getPrincipal() instanceof JsonWebToken claims)) {
            throw new AuthenticationFailedException();
        }
        var caller =
                QuarkusSecurityIdentity.builder()
                        .setPrincipal(
                                Caller.of(
                                        claims.getSubject(), identity.getRoles(), customer(claims)))
                        .build();
        verified.remember(token, caller, claims.getExpirationTime());
        return caller;
    }

    private @Nullable CustomerId customer(JsonWebToken claims) {
        Object id = claims.getClaim(customerClaim);
        try {
            return id == null ? null : CustomerId.fromString(id.toString());
        } catch (MalformedIdException e) {
            throw new AuthenticationFailedException(e);
        }
    }
}
