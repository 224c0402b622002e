package banking.http;

import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.util.Set;

/**
 * Tells what a page of another site has a browser send, which adds the name and password that it
 * keeps for us. Every browser says where a request comes from (Fetch Metadata, or Origin in older
 * ones), and no page can change that; other programs say nothing.
 */
final class ForeignPages {

    /** What changes nothing may be sent: the page does not see the answer. */
    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

    private static final Set<String> FOREIGN = Set.of("cross-site", "same-site");

    private ForeignPages() {}

    static boolean sent(HttpServerRequest request) {
        if (READING.contains(request.method().name())) {
            return false;
        }
        var site = request.getHeader("Sec-Fetch-Site");
        var origin = request.getHeader("Origin");
        return (site != null && FOREIGN.contains(site))
                || (origin != null && !isHost(request, origin));
    }

    /** Without the scheme, which whoever ends TLS in front of us may have changed. */
    private static boolean isHost(HttpServerRequest request, String origin) {
        try {
            var host = String.valueOf(request.authority());
            return host.equalsIgnoreCase(URI.create(origin).getRawAuthority());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
