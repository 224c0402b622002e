package banking;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import banking.embedded.BankTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What somebody without any right can do to the service: nothing. */
@QuarkusTest
@QuarkusTestResource(
        value = BankTestResource.class,
        initArgs = @ResourceArg(name = "service", value = "query"))
class EdgeTest {

    private static final int MANY = 150;

    @Test
    void the_series_of_requests_are_bounded_and_who_comes_later_is_measured() {
        var id = UUID.randomUUID();
        for (int i = 0; i < MANY; i++) {
            given().request("M" + i, "/accounts");
            given().post("/accounts/{id}/freeze", UUID.randomUUID());
            given().get("/nothing/{id}", UUID.randomUUID());
            Bank.as("teller").get("/accounts/{id}/{none}", id, UUID.randomUUID());
        }
        Bank.as("teller").get("/accounts/{id}/transfers", id).then().statusCode(404);

        var series = series();
        assertThat(series).contains("uri=\"/accounts/{accountId}/transfers\"");
        assertThat(series).contains("method=\"OTHER\"");
        assertThat(series).doesNotContain("method=\"M1\"").doesNotContain(id.toString());
        assertThat(series.lines().filter(line -> line.contains("uri=\"UNKNOWN\"")).count())
                .isLessThan(30);
    }

    @Test
    void a_request_that_is_broken_off_makes_no_series_of_its_own() throws IOException {
        for (int i = 0; i < MANY; i++) {
            try (var socket = new Socket("localhost", RestAssured.port)) {
                socket.setSoLinger(true, 0);
                var request =
                        "R%d /%s HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\n"
                                .formatted(i, UUID.randomUUID());
                socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            }
        }

        assertThat(series()).doesNotContain("method=\"R1\"");
    }

    private static String series() {
        return metrics()
                .lines()
                .filter(line -> line.startsWith("http_server_requests_seconds_count"))
                .collect(Collectors.joining("\n"));
    }

    private static String metrics() {
        return Bank.management("/metrics").asString();
    }

    @ParameterizedTest
    @CsvSource({
        "Sec-Fetch-Site, cross-site",
        "Sec-Fetch-Site, same-site",
        "Origin, http://evil.example",
        "Origin, null",
        "Origin, http://[",
    })
    void what_a_page_of_another_site_sends_is_refused(String header, String value) {
        Bank.as("operator")
                .header(header, value)
                .contentType("text/plain")
                .post("/projections/accounts/parked/{id}/replay", UUID.randomUUID())
                .then()
                .statusCode(403)
                .contentType("application/problem+json")
                .body("code", equalTo("cross-site-request"));
    }

    @ParameterizedTest
    @CsvSource({"Sec-Fetch-Site, same-origin", "Sec-Fetch-Site, none", "Origin, http://localhost:"})
    void what_a_page_of_our_own_sends_is_taken(String header, String value) {
        Bank.as("operator")
                .header(header, value.endsWith(":") ? value + RestAssured.port : value)
                .post("/projections/accounts/parked/{id}/replay", UUID.randomUUID())
                .then()
                .statusCode(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /accounts HTTP/1.1\r\n",
                "POST /accounts HTTP/1.1\r\nHost: a b\r\nContent-Length: 0\r\n",
            })
    void a_request_that_names_no_host_is_malformed(String request) throws IOException {
        try (var log = new LogLines()) {
            assertThat(answer(request + "\r\n"))
                    .startsWith("HTTP/1.1 400 ")
                    .containsIgnoringCase("Content-Type: application/problem+json")
                    .contains("\"code\":\"malformed-request\"");
            assertThat(log.all()).noneMatch(line -> line.contains("failed, error id"));
        }
    }

    @Test
    void who_guesses_a_password_has_to_wait_and_nobody_else_has() throws IOException {
        try (var log = new LogLines()) {
            var tries = 0;
            while (tries < MANY && login("teller", "guess" + tries).startsWith("HTTP/1.1 401 ")) {
                tries++;
            }
            assertThat(tries).isBetween(10, MANY - 1);
            assertThat(log.all())
                    .contains("login refused, wrong password: teller from 127.0.0.2")
                    .hasSizeLessThan(20)
                    .noneMatch(line -> line.contains("guess"));
        }

        assertThat(login("teller", "teller"))
                .startsWith("HTTP/1.1 429 ")
                .containsIgnoringCase("\r\nRetry-After: ")
                .contains("\"code\":\"too-many-tries\"");
        assertThat(login("auditor", "auditor")).startsWith("HTTP/1.1 200 ");
        Bank.as("teller").get("/accounts").then().statusCode(200);
        assertThat(metrics())
                .contains("bank_logins_refused_total{reason=\"wrong\"}")
                .contains("bank_logins_refused_total{reason=\"too-many-tries\"}");
    }

    /** From an address of its own, so that no other test has to wait. */
    private static String login(String name, String password) throws IOException {
        var credentials = (name + ':' + password).getBytes(StandardCharsets.UTF_8);
        var request =
                "GET /accounts HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                        + "Authorization: Basic "
                        + Base64.getEncoder().encodeToString(credentials)
                        + "\r\n\r\n";
        var address = InetAddress.getByName("127.0.0.2");
        try (var socket = new Socket("127.0.0.1", RestAssured.port, address, 0)) {
            return answer(socket, request);
        }
    }

    @Test
    void two_ways_to_say_where_a_body_ends_are_refused() throws IOException {
        var answer =
                answer(
                        """
                        POST /accounts HTTP/1.1\r
                        Host: localhost\r
                        Transfer-Encoding: chunked\r
                        Content-Length: 5\r
                        \r
                        0\r
                        \r
                        """);

        assertThat(answer).startsWith("HTTP/1.1 400 ");
    }

    private static String answer(String request) throws IOException {
        try (var socket = new Socket("localhost", RestAssured.port)) {
            return answer(socket, request);
        }
    }

    private static String answer(Socket socket, String request) throws IOException {
        socket.setSoTimeout(10_000);
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
