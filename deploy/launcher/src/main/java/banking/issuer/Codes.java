package banking.issuer;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a person's browser carries from the login page back: of use once, and for a moment. */
final class Codes {

    static final Duration LIFETIME = Duration.ofMinutes(1);

    private static final int MOST = 1000;
    private static final int BYTES = 32;

    private final SecureRandom random = new SecureRandom();
    private final Clock clock;

    private final Map<String, Kept> codes =
            new LinkedHashMap<>() {
                @Override
                protected boolean removeEldestEntry(Entry<String, Kept> eldest) {
                    return size() > MOST;
                }
            };

    private record Kept(Login login, Instant until) {}

    /**
     * Who has logged in, and for which client.
     *
     * @param challenge of RFC 7636: only who knows what it was made from gets the token
     */
    record Login(
            Realm.User user,
            Realm.Client client,
            String redirect,
            String challenge,
            @Nullable String nonce) {}

    Codes(Clock clock) {
        this.clock = clock;
    }

    synchronized String make(Login login) {
        var bytes = new byte[BYTES];
        random.nextBytes(bytes);
        var code = base64(bytes);
        codes.put(code, new Kept(login, clock.instant().plus(LIFETIME)));
        return code;
    }

    /** The login that the code stands for, where it is the same client and this is its secret. */
    synchronized Optional<Login> take(
            String code, Realm.Client client, String redirect, String verifier) {
        return Optional.ofNullable(codes.remove(code))
                .filter(kept -> clock.instant().isBefore(kept.until))
                .map(Kept::login)
                .filter(login -> login.client().equals(client))
                .filter(login -> login.redirect().equals(redirect))
                .filter(login -> login.challenge().equals(challenge(verifier)));
    }

    /** By S256, the one method there is here. */
    static String challenge(String verifier) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            return base64(digest.digest(verifier.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
