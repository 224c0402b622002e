package banking.rules;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jose4j.json.JsonUtil;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;

/**
 * The OpenID provider that the services under test are told of. It runs only while a test wants it
 * to, so every other test shows that nothing else needs it.
 */
public final class TestIssuer implements AutoCloseable {

    private static final String KEY = "banking.rules.issuer.key";

    private final List<PublicJsonWebKey> keys = new CopyOnWriteArrayList<>();
    private final AtomicInteger asked = new AtomicInteger();

    /** What it is called is known to the application's threads alone. */
    private final String url = url();

    private final HttpServer server;

    private TestIssuer() {
        try {
            var address =
                    new InetSocketAddress(
                            InetAddress.getLoopbackAddress(), URI.create(url).getPort());
            server = HttpServer.create(address, 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        keys.add(firstKey());
        server.createContext("/.well-known/openid-configuration", this::describe);
        server.createContext("/keys", this::giveKeys);
        server.start();
    }

    /** On the same port every time, with its first key. */
    public static TestIssuer start() {
        return new TestIssuer();
    }

    /** As the service under test was told. */
    public static String url() {
        return ConfigProvider.getConfig().getValue("bank.security.issuer", String.class);
    }

    /**
     * What it signs with until it has other keys. Quarkus loads this class anew for each
     * application, but the properties are the JVM's.
     */
    static PublicJsonWebKey firstKey() {
        Properties shared = System.getProperties();
        try {
            synchronized (shared) {
                if (shared.getProperty(KEY) == null) {
                    var key = EcJwkGenerator.generateJwk(EllipticCurves.P256);
                    key.setKeyId("first");
                    shared.setProperty(KEY, key.toJson(OutputControlLevel.INCLUDE_PRIVATE));
                }
                return PublicJsonWebKey.Factory.newPublicJwk(shared.getProperty(KEY));
            }
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Gives away these keys alone from now on. */
    public void publish(PublicJsonWebKey... others) {
        keys.clear();
        keys.addAll(List.of(others));
    }

    /** How often it was asked for its keys. */
    public int timesAsked() {
        return asked.get();
    }

    private void describe(HttpExchange exchange) throws IOException {
        answer(exchange, JsonUtil.toJson(Map.of("issuer", url, "jwks_uri", url + "/keys")));
    }

    private void giveKeys(HttpExchange exchange) throws IOException {
        asked.incrementAndGet();
        answer(exchange, new JsonWebKeySet(keys).toJson(OutputControlLevel.PUBLIC_ONLY));
    }

    private static void answer(HttpExchange exchange, String json) throws IOException {
        var body = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
