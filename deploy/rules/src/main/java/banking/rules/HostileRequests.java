package banking.rules;

import banking.rules.ApiDocument.Operation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Requests that are made from the API's own document and are nearly right: each has one or two
 * things that no honest caller sends. The same generator of random numbers makes the same requests,
 * but for the ids that answers have told of.
 */
final class HostileRequests {

    static final String CORRELATION_ID = "X-Correlation-ID";

    private static final Duration HANGS_AFTER = Duration.ofSeconds(30);
    private static final int MOST_IDS = 500;
    private static final JsonMapper JSON = new JsonMapper();
    private static final Pattern PARAMETER = Pattern.compile("\\{(\\w+)}");
    private static final Pattern ID =
            Pattern.compile("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");

    private static final List<String> METHODS =
            List.of("GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "FROB");

    private static final List<String> TYPES =
            List.of(
                    "text/plain",
                    "application/xml",
                    "application/json; charset=utf-16",
                    "application/json; charset=none",
                    "application/x-www-form-urlencoded",
                    "multipart/form-data; boundary=x",
                    "json",
                    "*/*",
                    ";;");

    private static final List<String> HEADERS =
            List.of(
                    "If-Match",
                    "If-None-Match",
                    "Idempotency-Key",
                    "Accept",
                    "Accept-Encoding",
                    "Content-Encoding",
                    "Origin",
                    "Sec-Fetch-Site",
                    "traceparent",
                    "tracestate",
                    "X-Forwarded-For",
                    "X-HTTP-Method-Override",
                    "Cookie",
                    "Range",
                    "Authorization");

    private final String base;
    private final List<Operation> operations;
    private final List<String> users;
    private final ConcurrentLinkedQueue<String> ids = new ConcurrentLinkedQueue<>();

    HostileRequests(String base, List<Operation> operations, List<String> users) {
        this.base = base;
        this.operations = operations;
        this.users = users;
    }

    /** The ids in an answer are used from here on, so that much of what is asked for exists. */
    void learn(String answer) {
        var found = ID.matcher(answer);
        while (found.find() && ids.size() < MOST_IDS) {
            ids.add(found.group());
        }
    }

    HttpRequest next(RandomGenerator random, String story) {
        var operation = pick(random, operations);
        var wrong = random.nextInt(8);
        var request =
                HttpRequest.newBuilder(URI.create(base + path(operation, wrong == 0, random)))
                        .timeout(HANGS_AFTER)
                        .version(random.nextBoolean() ? Version.HTTP_1_1 : Version.HTTP_2)
                        .header(CORRELATION_ID, story);
        if (random.nextInt(20) != 0) {
            request.header("Authorization", "Basic " + caller(operation, random));
        }
        var body = body(operation, wrong <= 4 && wrong > 0, random);
        if (body.length > 0) {
            request.header("Content-Type", wrong == 5 ? pick(random, TYPES) : "application/json");
        }
        if (wrong >= 6) {
            request.header(pick(random, HEADERS), HostileValues.header(random));
        }
        var method = random.nextInt(25) == 0 ? pick(random, METHODS) : operation.method();
        return request.method(method, BodyPublishers.ofByteArray(body)).build();
    }

    private String caller(Operation operation, RandomGenerator random) {
        var user =
                switch (random.nextInt(20)) {
                    case 0 -> pick(random, users);
                    case 1 -> "nobody";
                    default -> operation.roles().isEmpty() ? "teller" : ApiCall.caller(operation);
                };
        var credentials = (user + ":" + user).getBytes(StandardCharsets.UTF_8);
        return Base64.getEncoder().encodeToString(credentials);
    }

    private String path(Operation operation, boolean wrong, RandomGenerator random) {
        var path =
                PARAMETER
                        .matcher(operation.path())
                        .replaceAll(
                                name -> Matcher.quoteReplacement(segment(name.group(1), random)));
        var queries = new ArrayList<String>();
        for (var parameter : operation.parameters()) {
            if ("query".equals(parameter.get("in")) && random.nextInt(3) == 0) {
                queries.add(parameter.get("name") + "=" + HostileValues.inUrl(random));
            }
        }
        if (wrong) {
            queries.add(HostileValues.inUrl(random) + "=" + HostileValues.inUrl(random));
        }
        return queries.isEmpty() ? path : path + "?" + String.join("&", queries);
    }

    private String segment(String name, RandomGenerator random) {
        if (random.nextInt(8) == 0) {
            return HostileValues.inUrl(random);
        }
        var known = List.copyOf(ids);
        if (!name.endsWith("Id")) {
            return pick(random, List.of("account", "customer", "accounts", "transfers", "0-0"));
        }
        return known.isEmpty() ? UUID.randomUUID().toString() : pick(random, known);
    }

    private byte[] body(Operation operation, boolean wrong, RandomGenerator random) {
        if (!operation.hasBody()) {
            return wrong && random.nextInt(4) == 0
                    ? HostileValues.bytes(random)
                    : HostileValues.NOTHING;
        }
        var body = operation.examplesOfTheMembers();
        if (wrong && random.nextInt(4) == 0) {
            return HostileValues.broken(json(operation.bodyOf(body)), random);
        }
        if (wrong && !body.isEmpty()) {
            var member = pick(random, List.copyOf(body.keySet()));
            if (random.nextInt(6) == 0) {
                body.remove(member);
            } else if (random.nextInt(6) == 0) {
                body.put(member + "_", HostileValues.json(random));
            } else {
                body.put(member, HostileValues.json(random));
            }
        }
        return json(operation.bodyOf(body)).getBytes(StandardCharsets.UTF_8);
    }

    private static String json(Object body) {
        try {
            return JSON.writeValueAsString(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    static String urlEncoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    static <T> T pick(RandomGenerator random, List<T> from) {
        return from.get(random.nextInt(from.size()));
    }
}
