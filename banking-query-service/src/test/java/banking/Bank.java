package banking;

import static io.restassured.RestAssured.given;

import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** The service as its callers see it. */
public final class Bank {

    private Bank() {}

    public static RequestSpecification as(String user) {
        return given().auth().preemptive().basic(user, user);
    }

    /** The account once its view has the version. */
    public static ValidatableResponse account(UUID id, int version) {
        eventually()
                .until(
                        () ->
                                as("teller")
                                                .get("/accounts/{id}?min-version={v}", id, version)
                                                .statusCode()
                                        == 200);
        return account(id);
    }

    public static ValidatableResponse account(UUID id) {
        return as("teller").get("/accounts/{id}", id).then();
    }

    public static ConditionFactory eventually() {
        return Awaitility.await()
                .atMost(java.time.Duration.ofSeconds(20))
                .pollInterval(java.time.Duration.ofMillis(20));
    }
}
