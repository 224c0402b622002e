package banking.seal;

import static banking.Bank.as;
import static org.assertj.core.api.Assertions.assertThat;

import banking.Bank;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.awaitility.Awaitility;

/** What the verifier has found, as auditors are told. */
final class Findings {

    private Findings() {}

    static List<String> found(String walk, String place) {
        return as("auditor")
                .get("/journal/verification")
                .then()
                .statusCode(200)
                .extract()
                .path(
                        "findings.findAll { it.walk.startsWith('%s') && it.place == '%s' }.why"
                                .formatted(walk, place));
    }

    /** Asks for the seals since a time. */
    static void awaitUnsealed(Instant since, String place, String why) {
        awaitFound(
                since.toString(),
                place,
                why,
                () -> as("auditor").get("/journal/verification?from={from}", since.toString()));
    }

    static void awaitFound(String walk, String place, String why, Runnable look) {
        Awaitility.await()
                .atMost(Bank.PATIENCE)
                .pollInterval(Duration.ofMillis(500))
                .untilAsserted(
                        () -> {
                            look.run();
                            assertThat(found(walk, place))
                                    .anySatisfy(found -> assertThat(found).contains(why));
                        });
    }
}
