package banking.issuer;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** What is sent back: to programs JSON, to people a page. */
record Answer(int status, Map<String, String> headers, String body) {

    static Answer json(int status, String json) {
        return new Answer(status, Map.of("Content-Type", "application/json"), json);
    }

    static Answer tokens(String json) {
        return new Answer(
                200, Map.of("Content-Type", "application/json", "Cache-Control", "no-store"), json);
    }

    static Answer refused(int status, String error) {
        return json(status, "{\"error\":\"" + error + "\"}");
    }

    static Answer text(int status, String text) {
        return new Answer(status, Map.of("Content-Type", "text/plain; charset=utf-8"), text);
    }

    /** No page of others may frame it, and it runs nothing. */
    static Answer page(String html) {
        return new Answer(
                200,
                Map.of(
                        "Content-Type",
                        "text/html; charset=utf-8",
                        "Cache-Control",
                        "no-store",
                        "Content-Security-Policy",
                        "default-src 'none'; frame-ancestors 'none'; base-uri 'none'",
                        "Referrer-Policy",
                        "no-referrer"),
                html);
    }

    static Answer redirect(String uri, String parameters) {
        String separator = uri.contains("?") ? "&" : "?";
        return new Answer(302, Map.of("Location", uri + separator + parameters), "");
    }

    void send(HttpExchange call) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        headers.forEach(call.getResponseHeaders()::set);
        call.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        call.getResponseBody().write(bytes);
        call.close();
    }
}
