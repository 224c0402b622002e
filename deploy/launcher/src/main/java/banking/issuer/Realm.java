package banking.issuer;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jose4j.json.JsonUtil;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/**
 * Whom the provider knows, as Keycloak writes it down: the same file is imported by a real one.
 *
 * @param users by their names
 * @param clients the programs that may ask for tokens, by their ids
 */
record Realm(String name, Map<String, User> users, Map<String, Client> clients) {

    private static final String FILE = "/realm.json";

    /**
     * @param id never changes, whatever becomes of the name
     * @param password null for a program's own account
     * @param customer who the person is to the bank, where it is a customer
     */
    record User(
            String id,
            String name,
            @Nullable String password,
            List<String> roles,
            Optional<String> customer,
            Optional<String> client) {}

    /**
     * @param secret where it can keep one
     * @param redirects where people may be sent back to; a star stands for any path
     * @param takesPasswords whether it may ask people for their passwords
     * @param showsLogin whether it may send people to the login page
     * @param isItself whether it can be somebody without a person
     */
    record Client(
            String id,
            Optional<String> secret,
            List<String> redirects,
            boolean takesPasswords,
            boolean showsLogin,
            boolean isItself) {

        boolean mayRedirectTo(String uri) {
            return redirects.stream().anyMatch(each -> matches(each, uri));
        }

        private static boolean matches(String allowed, String uri) {
            return allowed.endsWith("*")
                    ? uri.startsWith(allowed.substring(0, allowed.length() - 1))
                    : uri.equals(allowed);
        }
    }

    static Realm read() {
        try (InputStream file = Realm.class.getResourceAsStream(FILE)) {
            var text =
                    new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
            return of(JsonUtil.parseJson(text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (JoseException e) {
            throw new IllegalStateException("the realm is no JSON", e);
        }
    }

    private static Realm of(Map<String, Object> json) {
        return new Realm(
                text(json, "realm").orElseThrow(),
                objects(json, "users").stream()
                        .map(Realm::user)
                        .collect(Collectors.toMap(User::name, Function.identity())),
                objects(json, "clients").stream()
                        .map(Realm::client)
                        .collect(Collectors.toMap(Client::id, Function.identity())));
    }

    private static User user(Map<String, Object> json) {
        return new User(
                text(json, "id").orElseThrow(),
                text(json, "username").orElseThrow(),
                objects(json, "credentials").stream()
                        .findFirst()
                        .flatMap(password -> text(password, "value"))
                        .orElse(null),
                texts(json, "realmRoles"),
                texts(object(json, "attributes"), "customer_id").stream().findFirst(),
                text(json, "serviceAccountClientId"));
    }

    private static Client client(Map<String, Object> json) {
        return new Client(
                text(json, "clientId").orElseThrow(),
                text(json, "secret"),
                texts(json, "redirectUris"),
                Boolean.TRUE.equals(json.get("directAccessGrantsEnabled")),
                Boolean.TRUE.equals(json.get("standardFlowEnabled")),
                Boolean.TRUE.equals(json.get("serviceAccountsEnabled")));
    }

    private static Optional<String> text(Map<String, Object> json, String member) {
        return Optional.ofNullable((String) json.get(member));
    }

    @SuppressWarnings("unchecked") // The file has no other members of these names.
    private static List<String> texts(Map<String, Object> json, String member) {
        return json.get(member) instanceof List<?> list ? (List<String>) list : List.of();
    }

    @SuppressWarnings("unchecked") // The same.
    private static List<Map<String, Object>> objects(Map<String, Object> json, String member) {
        return json.get(member) instanceof List<?> list
                ? (List<Map<String, Object>>) list
                : List.of();
    }

    @SuppressWarnings("unchecked") // The same.
    private static Map<String, Object> object(Map<String, Object> json, String member) {
        return json.get(member) instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
    }

    /** The account that a program is itself. */
    Optional<User> accountOf(Client client) {
        return users.values().stream()
                .filter(user -> user.client().equals(Optional.of(client.id())))
                .findFirst();
    }
}
