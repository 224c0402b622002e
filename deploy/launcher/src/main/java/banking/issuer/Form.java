package banking.issuer;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a client or a person has sent. */
final class Form {

    private static final int MOST_BYTES = 64 << 10;
    private static final String BASIC = "Basic ";
    private static final Set<String> CREDENTIALS = Set.of("username", "password");

    private final Map<String, String> fields;

    private Form(Map<String, String> fields) {
        this.fields = fields;
    }

    static Form of(HttpExchange call) throws IOException {
        byte[] body = call.getRequestBody().readNBytes(MOST_BYTES);
        Map<String, String> fields = parse(new String(body, StandardCharsets.UTF_8));
        login(call.getRequestHeaders().getFirst("Authorization"), fields);
        return new Form(fields);
    }

    static Form ofQuery(HttpExchange call) {
        String query = call.getRequestURI().getRawQuery();
        return new Form(parse(query == null ? "" : query));
    }

    private static Map<String, String> parse(String text) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (String pair : text.split("&", -1)) {
            String[] both = pair.split("=", 2);
            if (both.length == 2) {
                fields.put(decoded(both[0]), decoded(both[1]));
            }
        }
        return fields;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    /** A client may say who it is as HTTP has it (RFC 6749, section 2.3.1). */
    private static void login(@Nullable String header, Map<String, String> fields) {
        if (header != null && header.startsWith(BASIC)) {
            byte[] bytes = Base64.getDecoder().decode(header.substring(BASIC.length()));
            String[] both = new String(bytes, StandardCharsets.UTF_8).split(":", 2);
            fields.put("client_id", decoded(both[0]));
            fields.put("client_secret", both.length == 2 ? decoded(both[1]) : "");
        }
    }

    String client() {
        return get("client_id");
    }

    Optional<String> secret() {
        return find("client_secret");
    }

    /** Empty where it is not there. */
    String get(String field) {
        return fields.getOrDefault(field, "");
    }

    Optional<String> find(String field) {
        return Optional.ofNullable(fields.get(field));
    }

    Map<String, String> withoutCredentials() {
        Map<String, String> others = new LinkedHashMap<>(fields);
        others.keySet().removeAll(CREDENTIALS);
        return others;
    }
}
