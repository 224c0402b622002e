package banking.http;

import static banking.Bank.teller;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import banking.Bank;
import banking.CommandServiceTest;
import banking.rules.TestIssuer;
import banking.rules.TestToken;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** How much of bulks one caller may ask, and how large a body may be. */
@CommandServiceTest
class BulkBoundsTest {

    /** Of whom the tests' configuration says that five a second are enough. */
    private static final String HURRIED = "hurried";

    private static Response bulk(String caller, int items) {
        return given().header("Authorization", "Bearer " + TestToken.of(caller, "teller"))
                .contentType(ContentType.JSON)
                .body(Collections.nCopies(items, 7))
                .post("/commands");
    }

    @Test
    void commands_in_bulk_count_as_so_many_requests_afterwards() {
        try (var issuer = TestIssuer.start()) {
            assertThat(issuer).isNotNull();
            Awaitility.await()
                    .atMost(Bank.PATIENCE)
                    .until(() -> bulk("calm", 1).statusCode() == 200);

            bulk(HURRIED, 1000).then().statusCode(200);

            var next = bulk(HURRIED, 1);
            next.then().statusCode(429).body("code", equalTo("too-many-requests"));
            assertThat(Integer.parseInt(next.header("Retry-After"))).isBetween(150, 200);
            bulk("calm", 1000).then().statusCode(200);
        }
    }

    @Test
    void who_has_four_bulks_under_way_has_to_wait_for_one_of_them() throws IOException {
        var open = new ArrayList<Socket>();
        try {
            for (int i = 0; i < BulkBounds.MOST_OPEN; i++) {
                open.add(begin("/commands", "Content-Length: 3"));
            }
            Awaitility.await().atMost(Bank.PATIENCE).until(() -> asTeller().statusCode() == 429);
            asTeller()
                    .then()
                    .body("code", equalTo("too-many-requests"))
                    .header("Retry-After", equalTo("1"));
            Bank.as("supervisor")
                    .contentType(ContentType.JSON)
                    .body(List.of(7))
                    .post("/commands")
                    .then()
                    .statusCode(200);

            send(open.getFirst(), "[7]");
            assertThat(answer(open.getFirst()))
                    .startsWith("HTTP/1.1 200 ")
                    .contains("\"status\":400");
            asTeller().then().statusCode(200);
        } finally {
            for (var socket : open) {
                socket.close();
            }
        }
        var free = new ArrayList<Integer>();
        Awaitility.await()
                .atMost(Bank.PATIENCE)
                .until(() -> free.add(asTeller().statusCode()) && free.getLast() == 200);
    }

    private static Response asTeller() {
        return teller().body(List.of(7)).post("/commands");
    }

    @Test
    void a_body_that_does_not_say_its_length_has_the_same_bounds() throws IOException {
        assertThat(chunked("/accounts", 70_000)).startsWith("HTTP/1.1 413 ");
        assertThat(chunked("/commands", 70_000)).startsWith("HTTP/1.1 200 ");
        assertThat(chunked("/commands", 1_100_000)).startsWith("HTTP/1.1 413 ");
    }

    private static String chunked(String path, int blanks) throws IOException {
        try (var socket = begin(path, "Transfer-Encoding: chunked")) {
            var body = " ".repeat(blanks) + "[7]";
            send(socket, Integer.toHexString(body.length()) + "\r\n" + body + "\r\n0\r\n\r\n");
            return answer(socket);
        }
    }

    private static Socket begin(String path, String header) throws IOException {
        var socket = new Socket("localhost", RestAssured.port);
        socket.setSoTimeout((int) Bank.PATIENCE.toMillis());
        var credentials =
                Base64.getEncoder()
                        .encodeToString("teller:teller".getBytes(StandardCharsets.US_ASCII));
        send(
                socket,
                "POST "
                        + path
                        + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                        + "Content-Type: application/json\r\nAuthorization: Basic "
                        + credentials
                        + "\r\n"
                        + header
                        + "\r\n\r\n");
        return socket;
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static String answer(Socket socket) throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
