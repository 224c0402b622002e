package banking.issuer;

import banking.issuer.Realm.Client;
import banking.issuer.Realm.User;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jose4j.json.JsonUtil;
import org.jspecify.annotations.Nullable;

/** Says who somebody is, for a few minutes, as Keycloak does. */
final class Tokens {

    static final Duration LIFETIME = Duration.ofMinutes(5);

    private static final String AUDIENCE = "bank-api";

    private final String issuer;
    private final SigningKey key;
    private final Customers customers;
    private final Clock clock;

    Tokens(String issuer, SigningKey key, Customers customers, Clock clock) {
        this.customers = customers;
        this.issuer = issuer;
        this.key = key;
        this.clock = clock;
    }

    /**
     * What a client is answered.
     *
     * @param nonce of the login that a person came by; null where nobody has logged in
     * @param withIdToken whether the client wants to know who came
     */
    String answer(User user, Client client, @Nullable String nonce, boolean withIdToken) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("access_token", accessToken(user, client));
        answer.put("token_type", "Bearer");
        answer.put("expires_in", LIFETIME.toSeconds());
        if (withIdToken) {
            answer.put("id_token", idToken(user, client, nonce));
        }
        return JsonUtil.toJson(answer);
    }

    private String accessToken(User user, Client client) {
        Map<String, Object> claims = claims(user, client);
        claims.put("aud", AUDIENCE);
        claims.put("typ", "Bearer");
        claims.put("realm_access", Map.of("roles", user.roles()));
        customers.of(user).ifPresent(customer -> claims.put("customer_id", customer));
        return key.sign("JWT", JsonUtil.toJson(claims));
    }

    private String idToken(User user, Client client, @Nullable String nonce) {
        Map<String, Object> claims = claims(user, client);
        claims.put("aud", client.id());
        claims.put("typ", "ID");
        if (nonce != null) {
            claims.put("nonce", nonce);
        }
        return key.sign("JWT", JsonUtil.toJson(claims));
    }

    private Map<String, Object> claims(User user, Client client) {
        long now = clock.instant().getEpochSecond();
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", issuer);
        claims.put("sub", user.id());
        claims.put("azp", client.id());
        claims.put("preferred_username", user.name());
        claims.put("iat", now);
        claims.put("exp", now + LIFETIME.toSeconds());
        claims.put("jti", UUID.randomUUID().toString());
        return claims;
    }
}
