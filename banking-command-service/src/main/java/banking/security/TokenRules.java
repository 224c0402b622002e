package banking.security;

import io.quarkus.arc.Unremovable;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Arrays;
import java.util.Base64;
import java.util.Set;
import java.util.regex.Pattern;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.consumer.JwtContext;
import org.jose4j.jwt.consumer.Validator;
import org.jose4j.jwx.HeaderParameterNames;
import org.jose4j.jwx.JsonWebStructure;
import org.jspecify.annotations.Nullable;

/**
 * What a token has to be, beyond what every library asks: its signature, issuer, audience, time.
 */
@ApplicationScoped
@Unremovable // The library looks for it where nobody sees that it does.
class TokenRules implements Validator {

    /** What is signed with a shared secret, or not at all, is not the issuer's alone. */
    private static final Set<String> ALGORITHMS = Set.of("RS256", "ES256", "EdDSA");

    /** What an id token has and an access token has not: hashes of what it was given with. */
    private static final Set<String> OF_ID_TOKENS = Set.of("at_hash", "c_hash");

    private static final String TYPE = "typ";
    private static final Pattern VISIBLE = Pattern.compile("[!-~]{1,255}");

    /** Whom events name as their actor without that anybody has called. */
    private static final Pattern OURSELVES = Pattern.compile("timer|policy:.*");

    private final Set<String> types;
    private final Passwords passwords;

    TokenRules(CallersConfig config, Passwords passwords) {
        types = config.tokenTypes();
        this.passwords = passwords;
    }

    /**
     * @return what is wrong; null for nothing
     */
    @Override
    public @Nullable String validate(JwtContext token) throws MalformedClaimException {
        if (token.getJoseObjects().size() != 1) {
            return "it is a token in a token";
        }
        if (!isCanonical(token.getJwt())) {
            return "it can be written otherwise";
        }
        var claims = token.getJwtClaims();
        var header = token.getJoseObjects().getFirst();
        if (!ALGORITHMS.contains(header.getAlgorithmHeaderValue())) {
            return "its algorithm is none of " + ALGORITHMS;
        }
        if (!isAccessToken(header, claims)) {
            return "it is not an access token";
        }
        if (claims.getIssuer() == null || claims.getExpirationTime() == null) {
            return "it does not say by whom, or until when, it is";
        }
        return isSomebody(claims.getSubject()) ? null : "its subject can be nobody";
    }

    /** The library passes over letters that mean nothing, so one token would have many forms. */
    private static boolean isCanonical(String token) {
        var decoder = Base64.getUrlDecoder();
        var encoder = Base64.getUrlEncoder().withoutPadding();
        try {
            return Arrays.stream(token.split("\\.", -1))
                    .allMatch(part -> encoder.encodeToString(decoder.decode(part)).equals(part));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private boolean isAccessToken(JsonWebStructure header, JwtClaims claims) {
        var said =
                claims.hasClaim(TYPE)
                        ? claims.getClaimValue(TYPE)
                        : header.getHeader(HeaderParameterNames.TYPE);
        return said instanceof String type
                && types.contains(type)
                && OF_ID_TOKENS.stream().noneMatch(claims::hasClaim);
    }

    /** Two who share a name would be one to the journal, and share their Idempotency-Keys. */
    private boolean isSomebody(@Nullable String subject) {
        return subject != null
                && VISIBLE.matcher(subject).matches()
                && !OURSELVES.matcher(subject).matches()
                && !passwords.isName(subject);
    }
}
