package banking.security;

import banking.security.RefusedLogins.Reason;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Map.Entry;
import org.jspecify.annotations.Nullable;

/**
 * Remembers for a moment whose token is whose, so that a caller of many requests does not have its
 * signature verified with each. It is verified anew soon enough that a key which the issuer has
 * withdrawn is of little use.
 */
@ApplicationScoped
public class VerifiedTokens {

    static final int MOST = 10_000;
    static final Duration VERIFIED_EVERY = Duration.ofSeconds(30);

    private final RefusedLogins refused;
    private final Clock clock = Clock.systemUTC();

    private final Map<String, Verified> tokens =
            new LinkedHashMap<>() {
                @Override
                protected boolean removeEldestEntry(Entry<String, Verified> eldest) {
                    return size() > MOST;
                }
            };

    private record Verified(SecurityIdentity caller, long untilMillis) {}

    VerifiedTokens(RefusedLogins refused) {
        this.refused = refused;
    }

    /** The caller whose token it is; null for one that has to be verified. */
    public synchronized @Nullable SecurityIdentity get(String token) {
        var known = tokens.get(token);
        if (known == null) {
            return null;
        }
        if (clock.millis() < known.untilMillis) {
            return known.caller;
        }
        tokens.remove(token);
        return null;
    }

    /**
     * @param expirySeconds since the epoch, as the token has it
     */
    public synchronized void remember(String token, SecurityIdentity caller, long expirySeconds) {
        var expiry = Instant.ofEpochSecond(expirySeconds).plus(Issuer.SKEW).toEpochMilli();
        var until = Math.min(expiry, clock.millis() + VERIFIED_EVERY.toMillis());
        tokens.remove(token);
        tokens.put(token, new Verified(caller, until));
    }

    /** Tells of a token that is none. */
    public void refused(String address) {
        refused.tell(Reason.TOKEN, "somebody", address);
    }
}
