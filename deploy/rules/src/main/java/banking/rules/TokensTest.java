package banking.rules;

import static io.restassured.RestAssured.given;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.lessThan;

import io.restassured.response.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.hamcrest.Matchers;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.OctetKeyPairJsonWebKey;
import org.jose4j.jwk.OkpJwkGenerator;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which tokens a service takes, whatever becomes of their issuer; its test inherits this. */
public abstract class TokensTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String ROLE = "auditor";

    /** In each of the two services. */
    private static final int MUTATIONS = 5_000;

    private TestIssuer issuer;

    /** What an auditor may read. */
    protected abstract String path();

    @BeforeEach
    void open() {
        issuer = TestIssuer.start();
        Awaitility.await().atMost(PATIENCE).until(() -> isTaken(token()));
    }

    @AfterEach
    void close() {
        issuer.close();
    }

    private static TestToken token() {
        return TestToken.of(UUID.randomUUID().toString(), ROLE);
    }

    private Response send(Object token) {
        return given().header("Authorization", "Bearer " + token).get(path());
    }

    private boolean isTaken(Object token) {
        return send(token).statusCode() == 200;
    }

    @Test
    void who_has_no_token_that_is_taken_is_told_what_would_be() {
        var refused = send("nonsense");
        refused.then()
                .statusCode(401)
                .contentType("application/problem+json")
                .body("code", equalTo("not-authenticated"));
        assertThat(
                refused.headers().getValues("WWW-Authenticate"),
                contains("Bearer realm=\"bank\", error=\"invalid_token\", Basic realm=\"bank\""));
        var unknown = given().get(path());
        unknown.then().statusCode(401);
        assertThat(
                unknown.headers().getValues("WWW-Authenticate"),
                contains("Bearer realm=\"bank\", Basic realm=\"bank\""));
    }

    @Test
    void who_lacks_the_role_is_told_so() {
        send(TestToken.of("somebody", "nobody"))
                .then()
                .statusCode(403)
                .contentType("application/problem+json")
                .body("code", equalTo("not-permitted"));
        send(token().with("realm_access", null)).then().statusCode(403);
    }

    @Test
    void a_token_that_is_wrong_in_any_way_is_refused() throws JoseException {
        var now = Instant.now().getEpochSecond();
        var stranger = EcJwkGenerator.generateJwk(EllipticCurves.P256);
        var wrong = new LinkedHashMap<String, TestToken>();
        wrong.put("another issuer", token().with("iss", "https://elsewhere.example"));
        wrong.put("no issuer", token().with("iss", null));
        wrong.put("another audience", token().with("aud", "account"));
        wrong.put("no audience", token().with("aud", null));
        wrong.put("any audience", token().with("aud", "any"));
        wrong.put("expired", token().with("exp", now - 31));
        wrong.put("no expiry", token().with("exp", null));
        wrong.put("not yet", token().with("nbf", now + 40));
        wrong.put("no subject", token().with("sub", null));
        wrong.put("an empty subject", token().with("sub", ""));
        wrong.put("a subject that is ours", token().with("sub", "policy:transfers"));
        wrong.put("a subject that is the timer", token().with("sub", "timer"));
        wrong.put("a subject that is a user", token().with("sub", "teller"));
        wrong.put("a subject of two lines", token().with("sub", "a\nb"));
        wrong.put("an id token", token().with("typ", "ID"));
        wrong.put("an id token by its hash", token().with("at_hash", "x"));
        wrong.put("a token of any type", token().type("JWT"));
        wrong.put("a logout token", token().type("logout+jwt"));
        wrong.put("a customer who is none", token().with("customer_id", "x"));
        wrong.put("another key", token().signedBy("ES256", "first", stranger.getPrivateKey()));
        wrong.put("a key that nobody has", token().signedBy("ES256", stranger));
        wrong.put("no signature", token().signedBy("none", "first", null));
        wrong.put("a shared secret", token().signedBy("HS256", "first", secret()));

        var taken = new ArrayList<String>();
        wrong.forEach(
                (what, token) -> {
                    if (send(token).statusCode() != 401) {
                        taken.add(what);
                    }
                });
        assertThat(taken, Matchers.empty());
    }

    /** Who mistakes a public key for a secret takes what anybody can sign. */
    private static HmacKey secret() {
        return new HmacKey(TestIssuer.firstKey().getKey().getEncoded());
    }

    @Test
    void clocks_may_differ_a_little() {
        var now = Instant.now().getEpochSecond();

        assertThat(isTaken(token().with("exp", now - 20)), equalTo(true));
        assertThat(isTaken(token().with("nbf", now + 20)), equalTo(true));
    }

    @Test
    void a_token_as_keycloak_writes_it_is_taken() {
        assertThat(isTaken(token().type("JWT").with("typ", "Bearer")), equalTo(true));
    }

    @Test
    void only_a_few_algorithms_are_taken() throws JoseException {
        var rsa = named("rsa", RsaJwkGenerator.generateJwk(2048));
        var curve = named("curve", EcJwkGenerator.generateJwk(EllipticCurves.P256));
        var long384 = named("long", EcJwkGenerator.generateJwk(EllipticCurves.P384));
        var edwards =
                named(
                        "edwards",
                        OkpJwkGenerator.generateJwk(OctetKeyPairJsonWebKey.SUBTYPE_ED25519));
        issuer.publish(rsa, curve, long384, edwards, TestIssuer.firstKey());
        Awaitility.await().atMost(PATIENCE).until(() -> isTaken(token().signedBy("RS256", rsa)));

        assertThat(isTaken(token().signedBy("ES256", curve)), equalTo(true));
        assertThat(isTaken(token().signedBy("EdDSA", edwards)), equalTo(true));
        for (var algorithm : List.of("RS384", "RS512", "PS256")) {
            assertThat(isTaken(token().signedBy(algorithm, rsa)), equalTo(false));
        }
        assertThat(isTaken(token().signedBy("ES384", long384)), equalTo(false));
    }

    private static <K extends PublicJsonWebKey> K named(String id, K key) {
        key.setKeyId(id);
        return key;
    }

    @Test
    void keys_that_are_known_are_enough_while_the_issuer_is_away() throws JoseException {
        var early = token();
        assertThat(isTaken(early), equalTo(true));
        issuer.close();

        assertThat(isTaken(early), equalTo(true));
        assertThat(isTaken(token()), equalTo(true));
        var unknown = EcJwkGenerator.generateJwk(EllipticCurves.P256);
        unknown.setKeyId("unknown");
        send(token().signedBy("ES256", unknown)).then().statusCode(401);
        assertThat(isTaken(token()), equalTo(true));
        issuer = TestIssuer.start();
    }

    @Test
    void a_new_key_is_taken_without_a_restart_and_the_old_one_no_more() throws JoseException {
        var next =
                named(
                        UUID.randomUUID().toString(),
                        EcJwkGenerator.generateJwk(EllipticCurves.P256));
        issuer.publish(next);

        Awaitility.await().atMost(PATIENCE).until(() -> isTaken(token().signedBy("ES256", next)));
        send(token()).then().statusCode(401);

        issuer.publish(TestIssuer.firstKey());
        Awaitility.await().atMost(PATIENCE).until(() -> isTaken(token()));
    }

    @Test
    void keys_that_nobody_has_do_not_make_the_service_ask_again_and_again() throws JoseException {
        var before = issuer.timesAsked();
        var begun = System.nanoTime();
        var key = EcJwkGenerator.generateJwk(EllipticCurves.P256);
        for (int i = 0; i < 200; i++) {
            key.setKeyId("unknown-" + i);
            send(token().signedBy("ES256", key)).then().statusCode(401);
        }
        var passed = Duration.ofNanos(System.nanoTime() - begun);
        var most = (int) (passed.toMillis() / 300) + 2;
        assertThat(issuer.timesAsked() - before, lessThan(most));
    }

    @Test
    void no_token_with_another_letter_is_taken() throws Exception {
        var others = MutatedTokens.of(token().toString(), token().toString(), MUTATIONS);

        assertThat(others.size(), equalTo(MUTATIONS));
        assertThat(others.notRefused(path()), Matchers.empty());
    }

    @Test
    void two_ways_at_once_to_say_who_one_is_are_none() {
        given().headers(Map.of("Authorization", "Bearer " + token()))
                .header("Authorization", "Basic YXVkaXRvcjphdWRpdG9y")
                .get(path())
                .then()
                .statusCode(401);
    }
}
