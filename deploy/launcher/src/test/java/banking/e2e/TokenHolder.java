package banking.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/** Somebody who calls the bank with a token. */
final class TokenHolder {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String token;

    private TokenHolder(String token) {
        this.token = token;
    }

    /** Whose name is the password, as with everybody whom the local realm knows. */
    static TokenHolder of(URI issuer, String name) throws IOException, InterruptedException {
        var form =
                "client_id=bank-cli&grant_type=password&username=%s&password=%s"
                        .formatted(name, name);
        var request =
                HttpRequest.newBuilder(URI.create(issuer + "/protocol/openid-connect/token"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(form))
                        .build();
        var answer = HTTP.send(request, BodyHandlers.ofString()).body();
        return new TokenHolder(JSON.readTree(answer).path("access_token").textValue());
    }

    JsonNode post(URI service, String path, String body) throws IOException, InterruptedException {
        return JSON.readTree(
                send(request(service, path)
                                .header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofString(body)))
                        .body());
    }

    HttpResponse<String> get(URI service, String path) throws IOException, InterruptedException {
        return send(request(service, path));
    }

    private HttpRequest.Builder request(URI service, String path) {
        return HttpRequest.newBuilder(service.resolve(path))
                .header("Authorization", "Bearer " + token);
    }

    private static HttpResponse<String> send(HttpRequest.Builder request)
            throws IOException, InterruptedException {
        return HTTP.send(request.build(), BodyHandlers.ofString());
    }
}
