package banking;

import static io.restassured.RestAssured.given;

import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import java.util.Objects;
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
                .atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(20));
    }

    public static Response parked() {
        return as("operator").get("/projections/accounts/parked?limit=500");
    }

    public static ValidatableResponse replay(UUID id) {
        return as("operator").post("/projections/accounts/parked/{id}/replay", id).then();
    }

    /** Waits until the account shows that an event of it waits, and {@code queued} of them do. */
    public static void awaitParked(UUID id, int queued) {
        eventually()
                .until(
                        () ->
                                Objects.equals(
                                        parked().path(
                                                        "parked.find { it.streamId == '%s' }?.queued"
                                                                .formatted(id)),
                                        queued));
    }
}
