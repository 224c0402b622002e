package banking.http;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.emptyString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.startsWith;

import banking.CommandServiceTest;
import io.restassured.RestAssured;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@CommandServiceTest
class FrontDoorTest {

    private static final String BROWSER =
            "text/html,application/xhtml+xml,application/xml;q=0.9,image/webp,*/*;q=0.8";

    @Test
    void a_browser_is_shown_what_this_is_and_where_to_go() {
        var self = "http://localhost:" + RestAssured.port;
        given().accept(BROWSER)
                .get("/")
                .then()
                .statusCode(200)
                .contentType("text/html; charset=utf-8")
                .body(
                        allOf(
                                containsString("The bank's <em>commands</em>"),
                                containsString("href=\"/q/swagger-ui\""),
                                containsString(":9000/q/health\""),
                                containsString("href=\"" + self + "/\""),
                                containsString("-d '{\"owner\":\"Alice\""),
                                containsString("\n  " + self + "/accounts | sed")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/html", "TEXT/HTML;q=0.1", "application/xml, text/html"})
    void whoever_asks_for_html_is_shown_the_page(String accept) {
        given().accept(accept).get("/").then().statusCode(200).contentType("text/html");
    }

    @Test
    void a_browser_is_shown_the_figures_of_the_health() {
        given().accept(BROWSER)
                .get("/")
                .then()
                .body(
                        allOf(
                                containsString("<span class=\"UP\">UP</span>"),
                                containsString("<th scope=\"row\">relay</th>"),
                                containsString("<span>unpublished <b>"),
                                containsString("<span>policy transfers <b>running</b></span>")));
    }

    @Test
    void the_page_takes_nothing_from_elsewhere_and_is_kept_and_framed_by_nobody() {
        given().accept(BROWSER)
                .get("/")
                .then()
                .header(
                        "Content-Security-Policy",
                        allOf(
                                startsWith("default-src 'none'; style-src 'self';"),
                                containsString("frame-ancestors 'none'")))
                .header("X-Content-Type-Options", "nosniff")
                .header("Referrer-Policy", "no-referrer")
                .header("Cache-Control", "no-store")
                .header("Vary", equalTo("accept"));
        given().get("/front-door.css")
                .then()
                .statusCode(200)
                .contentType(startsWith("text/css"))
                .header("X-Content-Type-Options", "nosniff")
                .header("Cache-Control", "no-store")
                .body(containsString("prefers-color-scheme: dark"));
    }

    @Test
    void the_head_of_the_page_says_how_long_it_is() {
        given().accept(BROWSER)
                .head("/")
                .then()
                .statusCode(200)
                .contentType("text/html; charset=utf-8")
                .header("Content-Length", Integer::parseInt, greaterThan(1000))
                .body(emptyString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"*/*", "application/json", "text/*", "text/html;q=0", "text/plain"})
    void everyone_else_is_told_that_there_is_nothing(String accept) {
        given().accept(accept)
                .get("/")
                .then()
                .statusCode(404)
                .contentType("application/problem+json")
                .body("code", equalTo("not-found"));
    }

    @Test
    void a_browser_that_sends_something_is_told_that_there_is_nothing() {
        given().accept(BROWSER).contentType("text/plain").post("/").then().statusCode(404);
    }
}
