package banking.security;

import static java.nio.charset.StandardCharsets.UTF_8;

import banking.http.UnknownCallers;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.IdentityProvider;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.UsernamePasswordAuthenticationRequest;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.Map;

/**
 * Knows the callers that the configuration names, and nobody else. It answers at once: Quarkus's
 * own file realm hands every request to another thread and back, which cost a fifth of a request.
 */
@ApplicationScoped
public class Callers implements IdentityProvider<UsernamePasswordAuthenticationRequest> {

    private final Map<String, String> passwords = new HashMap<>();
    private final Map<String, SecurityIdentity> identities = new HashMap<>();
    private final WrongPasswords wrongPasswords;

    Callers(CallersConfig config, WrongPasswords wrongPasswords) {
        this.wrongPasswords = wrongPasswords;
        config.users()
                .forEach(
                        (name, user) -> {
                            passwords.put(name, user.password());
                            identities.put(
                                    name,
                                    QuarkusSecurityIdentity.builder()
                                            .setPrincipal(new QuarkusPrincipal(name))
                                            .addRoles(user.roles())
                                            .build());
                        });
    }

    @Override
    public Class<UsernamePasswordAuthenticationRequest> getRequestType() {
        return UsernamePasswordAuthenticationRequest.class;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(
            UsernamePasswordAuthenticationRequest request, AuthenticationRequestContext context) {
        var identity = identities.get(request.getUsername());
        var name = identity == null ? null : request.getUsername();
        var wait = wrongPasswords.wait(name, request);
        if (wait.isPositive()) {
            return Uni.createFrom()
                    .failure(
                            new AuthenticationFailedException(
                                    Map.of(UnknownCallers.RETRY_AFTER, wait)));
        }
        if (identity == null || !matches(request)) {
            wrongPasswords.refused(name, request);
            return Uni.createFrom().failure(new AuthenticationFailedException());
        }
        return Uni.createFrom().item(identity);
    }

    /** Takes as long for a password that is nearly right as for any other. */
    private boolean matches(UsernamePasswordAuthenticationRequest request) {
        var expected = passwords.getOrDefault(request.getUsername(), "").getBytes(UTF_8);
        var given = new String(request.getPassword().getPassword()).getBytes(UTF_8);
        return expected.length > 0 && MessageDigest.isEqual(expected, given);
    }
}
