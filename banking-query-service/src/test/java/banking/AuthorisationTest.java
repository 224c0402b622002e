package banking;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;

import banking.embedded.BankTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@QuarkusTestResource(
        value = BankTestResource.class,
        initArgs = @ResourceArg(name = "service", value = "query"))
class AuthorisationTest {

    @ParameterizedTest
    @CsvSource({"teller,wrong", "nobody,teller", "teller,''"})
    void wrong_credentials_are_asked_for_again(String user, String password) {
        given().auth()
                .preemptive()
                .basic(user, password)
                .get("/accounts")
                .then()
                .statusCode(401)
                .header("WWW-Authenticate", equalTo("Bearer realm=\"bank\", Basic realm=\"bank\""))
                .contentType("application/problem+json")
                .body("code", equalTo("not-authenticated"));
    }

    @Test
    void the_wrong_role_is_told_so() {
        Bank.as("operator")
                .get("/accounts")
                .then()
                .statusCode(403)
                .contentType("application/problem+json")
                .body("code", equalTo("not-permitted"));
    }

    @ParameterizedTest
    @CsvSource({"/q/openapi", "/q/swagger-ui/"})
    void what_developers_read_is_open(String path) {
        given().get(path).then().statusCode(200);
    }

    @ParameterizedTest
    @CsvSource({"/health/started", "/health/ready", "/health/live", "/metrics"})
    void what_machines_read_is_open_to_whoever_reaches_their_port_and_nowhere_else(String path) {
        Bank.eventually().until(() -> Bank.management(path).statusCode() == 200);
        given().get("/q" + path).then().statusCode(404);
    }
}
