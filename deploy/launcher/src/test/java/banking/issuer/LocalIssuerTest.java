package banking.issuer;

import static org.assertj.core.api.Assertions.assertThat;

import banking.embedded.FreePorts;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jose4j.json.JsonUtil;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.keys.resolvers.JwksVerificationKeyResolver;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalIssuerTest {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String REDIRECT = "http://localhost:8080/console";
    private static final String VERIFIER = "a-secret-that-only-the-client-knows-until-it-asks";

    @TempDir static Path directory;

    private static LocalIssuer issuer;

    @BeforeAll
    static void start() {
        issuer = new LocalIssuer(directory, FreePorts.next());
        var begun = System.nanoTime();
        issuer.start();
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(2));
    }

    @AfterAll
    static void stop() {
        issuer.close();
    }

    @Test
    void only_its_owner_can_read_the_key_and_it_outlives_a_restart() throws IOException {
        var key = directory.resolve("key.json");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
                .isEqualTo("rw-------");
        var before = get("/protocol/openid-connect/certs").body();

        issuer.close();
        issuer.start();

        assertThat(get("/protocol/openid-connect/certs").body()).isEqualTo(before);
    }

    @Test
    void it_gives_no_secret_away() throws JoseException {
        var keys = get("/protocol/openid-connect/certs").body();
        assertThat(keys).doesNotContain("\"d\"");
        assertThat(JsonUtil.parseJson(get("/.well-known/openid-configuration").body()))
                .containsEntry("issuer", issuer.url())
                .containsEntry("jwks_uri", issuer.url() + "/protocol/openid-connect/certs");
    }

    @Test
    void a_password_is_worth_a_token_that_says_who_it_is() throws Exception {
        var claims = claims(token("password", "bank-cli", "username", "alice"));

        assertThat(claims.getSubject()).isEqualTo("7be0a2c1-3c57-4c1c-9d5c-0d3f2b8f0005");
        assertThat(claims.getStringClaimValue("typ")).isEqualTo("Bearer");
        assertThat(claims.getStringClaimValue("customer_id"))
                .isEqualTo("01890a5d-ac96-774b-bcce-b302099a8001");
        assertThat(claims.getClaimValue("realm_access")).hasToString("{roles=[customer]}");
        assertThat(claims.getExpirationTime().getValue() - claims.getIssuedAt().getValue())
                .isEqualTo(300);
    }

    @Test
    void a_customer_whom_the_bank_has_registered_is_known_at_once() throws Exception {
        Files.writeString(directory.resolve("customers.properties"), "bob=its-own-id\n");

        assertThat(customer("bob")).isEqualTo("its-own-id");
        assertThat(customer("alice")).isEqualTo("01890a5d-ac96-774b-bcce-b302099a8001");
    }

    private static String customer(String name) throws Exception {
        var claims = claims(token("password", "bank-cli", "username", name));
        return claims.getStringClaimValue("customer_id");
    }

    @Test
    void a_wrong_password_or_client_is_worth_nothing() {
        assertThat(ask(form("password", "bank-cli", "username", "alice", "password", "x")))
                .isEqualTo("401 invalid_grant");
        assertThat(ask(form("password", "bank-cli", "username", "eve", "password", "eve")))
                .isEqualTo("401 invalid_grant");
        assertThat(ask(form("password", "nobody", "username", "alice", "password", "alice")))
                .isEqualTo("401 invalid_client");
        assertThat(ask(form("password", "bank-console", "username", "bob", "password", "bob")))
                .isEqualTo("400 unauthorized_client");
        assertThat(ask(form("client_credentials", "bank-cli")))
                .isEqualTo("400 unauthorized_client");
        assertThat(ask(form("implicit", "bank-cli"))).isEqualTo("400 unsupported_grant_type");
        var user = "service-account-bank-backoffice";
        assertThat(ask(form("password", "bank-cli", "username", user, "password", "")))
                .isEqualTo("401 invalid_grant");
    }

    @Test
    void a_program_with_a_secret_is_somebody_itself() throws Exception {
        var form = form("client_credentials", "bank-backoffice");
        assertThat(ask(form)).isEqualTo("401 invalid_client");
        form.put("client_secret", "wrong");
        assertThat(ask(form)).isEqualTo("401 invalid_client");
        form.put("client_secret", "backoffice");
        var claims = claims(post("/protocol/openid-connect/token", form));

        assertThat(claims.getSubject()).isEqualTo("7be0a2c1-3c57-4c1c-9d5c-0d3f2b8f0007");
    }

    @Test
    void a_person_logs_in_on_a_page_and_the_client_gets_the_token_once() throws Exception {
        var page = get("/protocol/openid-connect/auth?" + encoded(request("S256")));
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("<form").contains("value=\"state &quot;&lt;1\"");

        var login = request("S256");
        login.put("username", "teller");
        login.put("password", "wrong");
        assertThat(post("/protocol/openid-connect/auth", login).body()).contains("are wrong");
        login.put("password", "teller");
        var code = code(post("/protocol/openid-connect/auth", login));

        var exchange = exchange(code);
        var claims = claims(post("/protocol/openid-connect/token", exchange));
        assertThat(claims.getStringClaimValue("preferred_username")).isEqualTo("teller");
        assertThat(ask(exchange)).isEqualTo("400 invalid_grant");
    }

    @Test
    void a_code_is_nothing_without_what_its_client_alone_knows() {
        var login = request("S256");
        login.put("username", "teller");
        login.put("password", "teller");

        var guess = exchange(code(post("/protocol/openid-connect/auth", login)));
        guess.put("code_verifier", "a guess");
        assertThat(ask(guess)).isEqualTo("400 invalid_grant");

        var elsewhere = exchange(code(post("/protocol/openid-connect/auth", login)));
        elsewhere.put("redirect_uri", "http://localhost:8081/");
        assertThat(ask(elsewhere)).isEqualTo("400 invalid_grant");
    }

    @Test
    void nobody_is_sent_to_where_the_client_is_not() {
        for (var address : new String[] {"http://evil.example/", "http://localhost:8080.evil/"}) {
            var request = request("S256");
            request.put("redirect_uri", address);
            assertThat(get("/protocol/openid-connect/auth?" + encoded(request)).statusCode())
                    .isEqualTo(400);
        }
        var plain = get("/protocol/openid-connect/auth?" + encoded(request("plain")));
        assertThat(plain.headers().firstValue("Location").orElseThrow())
                .startsWith(REDIRECT + "?error=invalid_request");
    }

    private static Map<String, String> request(String method) {
        return new TreeMap<>(
                Map.of(
                        "client_id",
                        "bank-console",
                        "response_type",
                        "code",
                        "redirect_uri",
                        REDIRECT,
                        "code_challenge",
                        Codes.challenge(VERIFIER),
                        "code_challenge_method",
                        method,
                        "state",
                        "state \"<1"));
    }

    private static Map<String, String> exchange(String code) {
        var form = form("authorization_code", "bank-console");
        form.put("code", code);
        form.put("redirect_uri", REDIRECT);
        form.put("code_verifier", VERIFIER);
        return form;
    }

    private static String code(HttpResponse<String> sentBack) {
        assertThat(sentBack.statusCode()).isEqualTo(302);
        var location = sentBack.headers().firstValue("Location").orElseThrow();
        assertThat(location).startsWith(REDIRECT + "?code=").endsWith("&state=state+%22%3C1");
        return location.replaceAll(".*code=([^&]*)&.*", "$1");
    }

    private static HttpResponse<String> token(
            String grant, String client, String field, String user) {
        return post(
                "/protocol/openid-connect/token",
                form(grant, client, field, user, "password", user));
    }

    private static Map<String, String> form(String grant, String client, String... fields) {
        var form = new TreeMap<>(Map.of("grant_type", grant, "client_id", client));
        for (int i = 0; i < fields.length; i += 2) {
            form.put(fields[i], fields[i + 1]);
        }
        return form;
    }

    private static String ask(Map<String, String> form) {
        var answer = post("/protocol/openid-connect/token", form);
        try {
            return answer.statusCode() + " " + JsonUtil.parseJson(answer.body()).get("error");
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Of a token whose signature is right. */
    private static JwtClaims claims(HttpResponse<String> answer)
            throws JoseException, InvalidJwtException, MalformedClaimException {
        var token = (String) JsonUtil.parseJson(answer.body()).get("access_token");
        var keys = new JsonWebKeySet(get("/protocol/openid-connect/certs").body());
        return new JwtConsumerBuilder()
                .setVerificationKeyResolver(new JwksVerificationKeyResolver(keys.getJsonWebKeys()))
                .setExpectedIssuer(issuer.url())
                .setExpectedAudience("bank-api")
                .setRequireExpirationTime()
                .build()
                .processToClaims(token);
    }

    private static String encoded(Map<String, String> form) {
        return form.entrySet().stream()
                .map(
                        e ->
                                e.getKey()
                                        + "="
                                        + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    private static HttpResponse<String> get(String path) {
        return send(HttpRequest.newBuilder(URI.create(issuer.url() + path)));
    }

    private static HttpResponse<String> post(String path, Map<String, String> form) {
        return send(
                HttpRequest.newBuilder(URI.create(issuer.url() + path))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(encoded(form))));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return HTTP.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
