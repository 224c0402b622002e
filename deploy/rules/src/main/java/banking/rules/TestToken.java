package banking.rules;

import java.security.Key;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jose4j.json.JsonUtil;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/** A token of the {@link TestIssuer}, right in every way until something of it is changed. */
public final class TestToken {

    private static final Duration LIFETIME = Duration.ofMinutes(5);

    private static final Duration AGE = Duration.ofMinutes(1);

    private final Map<String, Object> claims = new LinkedHashMap<>();
    private String type = "at+jwt";
    private String algorithm = "ES256";
    private @Nullable String keyId = "first";
    private @Nullable Key key = TestIssuer.firstKey().getPrivateKey();

    private TestToken(String subject, List<String> roles) {
        var now = Instant.now();
        claims.put("iss", TestIssuer.url());
        claims.put("aud", List.of("account", "bank-api"));
        claims.put("sub", subject);
        claims.put("iat", now.minus(AGE).getEpochSecond());
        claims.put("exp", now.plus(LIFETIME).getEpochSecond());
        claims.put("jti", UUID.randomUUID().toString());
        claims.put("realm_access", Map.of("roles", roles));
    }

    public static TestToken of(String subject, String... roles) {
        return new TestToken(subject, List.of(roles));
    }

    /** With another value; null for none. */
    public TestToken with(String claim, @Nullable Object value) {
        if (value == null) {
            claims.remove(claim);
        } else {
            claims.put(claim, value);
        }
        return this;
    }

    public TestToken type(String other) {
        type = other;
        return this;
    }

    public TestToken signedBy(String otherAlgorithm, PublicJsonWebKey other) {
        return signedBy(otherAlgorithm, other.getKeyId(), other.getPrivateKey());
    }

    public TestToken signedBy(String otherAlgorithm, @Nullable String id, @Nullable Key other) {
        algorithm = otherAlgorithm;
        keyId = id;
        key = other;
        return this;
    }

    /** As it is sent. */
    @Override
    public String toString() {
        var token = new JsonWebSignature();
        token.setAlgorithmConstraints(AlgorithmConstraints.NO_CONSTRAINTS);
        token.setPayload(JsonUtil.toJson(claims));
        token.setHeader("typ", type);
        token.setAlgorithmHeaderValue(algorithm);
        if (keyId != null) {
            token.setKeyIdHeaderValue(keyId);
        }
        token.setKey(key);
        token.setDoKeyValidation(false);
        try {
            return token.getCompactSerialization();
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }
}
