package banking.issuer;

import banking.embedded.StartFailure;
import banking.issuer.Codes.Login;
import banking.issuer.Realm.Client;
import banking.issuer.Realm.User;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jose4j.json.JsonUtil;
import org.jspecify.annotations.Nullable;

/**
 * An OpenID provider inside this process, for this machine alone. Its addresses and tokens are like
 * Keycloak's, whose realm file it reads, so that one can take the other's place.
 */
public final class LocalIssuer implements Issuer {

    private final int port;
    private final Path directory;
    private final Realm realm = Realm.read();
    private final Codes codes = new Codes(Clock.systemUTC());
    private @Nullable HttpServer server;
    private @Nullable ExecutorService threads;

    /**
     * @param directory where it keeps its key
     */
    public LocalIssuer(Path directory, int port) {
        this.directory = directory;
        this.port = port;
    }

    @Override
    public String url() {
        return "http://localhost:" + port + "/realms/" + realm.name();
    }

    @Override
    public synchronized void start() {
        try {
            SigningKey key = SigningKey.in(directory);
            Tokens tokens = new Tokens(url(), key, new Customers(directory), Clock.systemUTC());
            HttpServer opened =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
            String base = "/realms/" + realm.name();
            String protocol = base + "/protocol/openid-connect";
            opened.createContext(
                    base + "/.well-known/openid-configuration",
                    call -> Answer.json(200, description()).send(call));
            opened.createContext(
                    protocol + "/certs", call -> Answer.json(200, key.publicKeys()).send(call));
            opened.createContext(
                    protocol + "/token", call -> token(tokens, Form.of(call)).send(call));
            opened.createContext(protocol + "/auth", call -> login(call).send(call));
            threads = Executors.newVirtualThreadPerTaskExecutor();
            opened.setExecutor(threads);
            opened.start();
            server = opened;
        } catch (IOException e) {
            throw new StartFailure("The issuer did not start: " + e, e);
        }
    }

    private String description() {
        String protocol = url() + "/protocol/openid-connect";
        Map<String, Object> said = new TreeMap<>();
        said.put("issuer", url());
        said.put("authorization_endpoint", protocol + "/auth");
        said.put("token_endpoint", protocol + "/token");
        said.put("jwks_uri", protocol + "/certs");
        said.put("response_types_supported", List.of("code"));
        said.put("subject_types_supported", List.of("public"));
        said.put("id_token_signing_alg_values_supported", List.of("ES256"));
        said.put("code_challenge_methods_supported", List.of("S256"));
        said.put(
                "grant_types_supported",
                List.of("authorization_code", "client_credentials", "password"));
        return JsonUtil.toJson(said);
    }

    private Answer token(Tokens tokens, Form form) {
        Optional<Client> known =
                Optional.ofNullable(realm.clients().get(form.client()))
                        .filter(one -> one.secret().equals(form.secret()));
        if (known.isEmpty()) {
            return Answer.refused(401, "invalid_client");
        }
        Client client = known.get();
        return switch (form.get("grant_type")) {
            case "password" ->
                    client.takesPasswords()
                            ? user(form)
                                    .map(user -> tokens.answer(user, client, null, false))
                                    .map(Answer::tokens)
                                    .orElse(Answer.refused(401, "invalid_grant"))
                            : Answer.refused(400, "unauthorized_client");
            case "client_credentials" ->
                    client.isItself()
                            ? realm.accountOf(client)
                                    .map(user -> tokens.answer(user, client, null, false))
                                    .map(Answer::tokens)
                                    .orElse(Answer.refused(400, "unauthorized_client"))
                            : Answer.refused(400, "unauthorized_client");
            case "authorization_code" ->
                    codes.take(
                                    form.get("code"),
                                    client,
                                    form.get("redirect_uri"),
                                    form.get("code_verifier"))
                            .map(one -> tokens.answer(one.user(), client, one.nonce(), true))
                            .map(Answer::tokens)
                            .orElse(Answer.refused(400, "invalid_grant"));
            default -> Answer.refused(400, "unsupported_grant_type");
        };
    }

    private Optional<User> user(Form form) {
        return Optional.ofNullable(realm.users().get(form.get("username")))
                .filter(user -> form.get("password").equals(user.password()));
    }

    /** Where the client or its address is not known, nobody is sent anywhere. */
    private Answer login(HttpExchange call) throws IOException {
        boolean sent = call.getRequestMethod().equals("POST");
        Form form = sent ? Form.of(call) : Form.ofQuery(call);
        Client client = realm.clients().get(form.get("client_id"));
        String redirect = form.get("redirect_uri");
        if (client == null || !client.showsLogin() || !client.mayRedirectTo(redirect)) {
            return Answer.text(400, "This client is not known, or may not have you sent there.");
        }
        if (!form.get("response_type").equals("code")
                || !form.get("code_challenge_method").equals("S256")
                || form.get("code_challenge").isEmpty()) {
            return Answer.redirect(redirect, "error=invalid_request&" + state(form));
        }
        Optional<User> user = sent ? user(form) : Optional.empty();
        if (user.isEmpty()) {
            return Answer.page(LoginPage.show(form.withoutCredentials(), sent));
        }
        String code =
                codes.make(
                        new Login(
                                user.get(),
                                client,
                                redirect,
                                form.get("code_challenge"),
                                form.find("nonce").orElse(null)));
        return Answer.redirect(redirect, "code=" + code + "&" + state(form));
    }

    private static String state(Form form) {
        return "state=" + URLEncoder.encode(form.get("state"), StandardCharsets.UTF_8);
    }

    @Override
    public synchronized void close() {
        if (server != null) {
            server.stop(0);
            server = null;
        }
        if (threads != null) {
            threads.close();
            threads = null;
        }
    }
}
