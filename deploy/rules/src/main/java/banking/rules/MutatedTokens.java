package banking.rules;

import io.restassured.RestAssured;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;

/** Tokens that are nearly right. Seeded, so that what is found is found again. */
record MutatedTokens(Set<String> all) {

    private static final int SEED = 12;
    private static final int SENDERS = 8;
    private static final int REFUSED = 401;

    static MutatedTokens of(String token, String another, int count) {
        var random = new Random(SEED);
        var all = new LinkedHashSet<String>();
        while (all.size() < count) {
            var other = mutated(token, another, random);
            if (!other.equals(token) && !other.equals(another)) {
                all.add(other);
            }
        }
        return new MutatedTokens(all);
    }

    private static String mutated(String token, String another, Random random) {
        var place = random.nextInt(token.length());
        var before = token.substring(0, place);
        var after = token.substring(place + 1);
        var letter = (char) ('!' + random.nextInt('~' - '!'));
        return switch (random.nextInt(5)) {
            case 0 -> before + after;
            case 1 -> before + letter + token.charAt(place) + after;
            case 2 -> before + another.substring(Math.min(place, another.length()));
            default -> before + letter + after;
        };
    }

    int size() {
        return all.size();
    }

    /** Those to which a service says anything else than that it does not know its caller. */
    List<String> notRefused(String path) throws Exception {
        var waiting = new ConcurrentLinkedQueue<>(all);
        var service = URI.create(RestAssured.baseURI + ":" + RestAssured.port);
        var found = new ArrayList<String>();
        try (var http = HttpClient.newBuilder().version(Version.HTTP_1_1).build();
                var senders = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<List<String>> sender = () -> notRefused(http, service.resolve(path), waiting);
            var sent = senders.invokeAll(Collections.nCopies(SENDERS, sender));
            for (var one : sent) {
                found.addAll(one.get());
            }
        }
        return found;
    }

    private static List<String> notRefused(HttpClient http, URI uri, Queue<String> waiting)
            throws Exception {
        var found = new ArrayList<String>();
        for (var token = waiting.poll(); token != null; token = waiting.poll()) {
            var request =
                    HttpRequest.newBuilder(uri).header("Authorization", "Bearer " + token).build();
            var status = http.send(request, BodyHandlers.discarding()).statusCode();
            if (status != REFUSED) {
                found.add(status + " " + token);
            }
        }
        return found;
    }
}
