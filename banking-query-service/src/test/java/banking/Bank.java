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
import org.eclipse.microprofile.config.ConfigProvider;

/** The service as its callers see it. */
public final class Bank {

    private Bank() {}

    public static RequestSpecification as(String user) {
        return given().auth().preemptive().basic(user, user);
    }

    /** What the process says of itself, on the port that is no caller's. */
    public static Response management(String path) {
        var url = ConfigProvider.getConfig().getValue("test.management.url", String.class);
        return given().get(url + path);
    }

    /** The account once its view has the version. */
    public static ValidatableResponse account(UUID id, int version) {
        return view("/accounts/", id, version);
    }

    /** What is at the path and the id once its view has the version. */
    public static ValidatableResponse view(String path, UUID id, int version) {
        eventually()
                .until(
                        () -> as("teller").get(path + "{id}?min-version={v}", id, version),
                        // A view may have a version and yet not be shown.
                        answer -> answer.statusCode() == 200 || answer.statusCode() == 404);
        return as("teller").get(path + "{id}", id).then();
    }

    public static ValidatableResponse account(UUID id) {
        return as("teller").get("/accounts/{id}", id).then();
    }

    public static ConditionFactory eventually() {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(20));
    }

    public static Response parked() {
        return parked("accounts");
    }

    private static Response parked(String projection) {
        return as("operator").get("/projections/{name}/parked?limit=500", projection);
    }

    public static ValidatableResponse replay(UUID id) {
        return as("operator").post("/projections/accounts/parked/{id}/replay", id).then();
    }

    /** Waits until {@code queued} events of the account wait. */
    public static void awaitParked(UUID id, int queued) {
        awaitParked("accounts", id, queued);
    }

    public static void awaitParked(String projection, UUID id, int queued) {
        eventually()
                .until(
                        () ->
                                Objects.equals(
                                        parked(projection)
                                                .path(
                                                        "parked.find { it.streamId == '%s' }?.queued"
                                                                .formatted(id)),
                                        queued));
    }
}
