package banking.rules;

import static io.restassured.RestAssured.given;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsStringIgnoringCase;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.startsWith;

import banking.rules.ApiDocument.Operation;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How often one caller and one address may ask; a test of each service inherits it. */
public abstract class BoundsTest {

    /** As the tests' configuration has it, of these two alone. */
    private static final int PER_SECOND = 5;

    private static final int ENOUGH = 500;
    private static final String HASTY = "hasty";
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Operation operation = ApiDocument.built().operations().getFirst();
    private TestIssuer issuer;

    @BeforeEach
    void open() {
        issuer = TestIssuer.start();
        Awaitility.await().atMost(PATIENCE).until(() -> ask("calm").statusCode() == 403);
    }

    @AfterEach
    void close() {
        issuer.close();
    }

    /** As somebody who may do nothing. */
    private Response ask(String subject) {
        var request = given().header("Authorization", "Bearer " + TestToken.of(subject));
        return ApiCall.send(operation, ApiCall.body(operation, request), Map.of());
    }

    @Test
    void who_asks_too_often_is_told_when_to_come_again_and_nobody_else_is() {
        var asked = 0;
        var answer = ask(HASTY);
        while (answer.statusCode() == 403 && asked < ENOUGH) {
            asked++;
            answer = ask(HASTY);
        }

        assertThat(answer.statusCode(), equalTo(429));
        assertThat(answer.contentType(), startsWith("application/problem+json"));
        assertThat(answer.path("code"), equalTo("too-many-requests"));
        assertThat(Integer.parseInt(answer.header("Retry-After")), equalTo(1));
        assertThat(asked, allOf(greaterThanOrEqualTo(PER_SECOND), lessThan(ENOUGH)));
        assertThat(ask("calm").statusCode(), equalTo(403));
        Awaitility.await().atMost(PATIENCE).until(() -> ask(HASTY).statusCode() == 403);
    }

    @Test
    void an_address_that_asks_too_often_is_refused_before_anybody_looks_who_it_is()
            throws IOException {
        var asked = 0;
        while (fromAnAddressOfItsOwn().startsWith("HTTP/1.1 401 ") && asked < ENOUGH) {
            asked++;
        }

        assertThat(asked, allOf(greaterThanOrEqualTo(PER_SECOND), lessThan(ENOUGH)));
        String answer;
        do {
            answer = fromAnAddressOfItsOwn();
        } while (answer.startsWith("HTTP/1.1 401 "));
        assertThat(
                answer,
                allOf(
                        startsWith("HTTP/1.1 429 "),
                        containsStringIgnoringCase("\r\nRetry-After: 1\r\n"),
                        containsStringIgnoringCase("\r\nX-Content-Type-Options: nosniff\r\n"),
                        containsStringIgnoringCase("Content-Type: application/problem+json"),
                        containsStringIgnoringCase("\"code\":\"too-many-requests\"")));
        assertThat(ask("calm").statusCode(), equalTo(403));
    }

    private String fromAnAddressOfItsOwn() throws IOException {
        var request =
                operation.method()
                        + " "
                        + operation.path()
                        + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                        + "Content-Length: 0\r\n\r\n";
        var address = InetAddress.getByName("127.0.0.3");
        try (var socket = new Socket("127.0.0.1", RestAssured.port, address, 0)) {
            socket.setSoTimeout((int) PATIENCE.toMillis());
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
