package banking.database;

import static banking.Bank.deposit;
import static banking.Bank.open;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import banking.Bank;
import banking.CommandServiceTest;
import banking.Concurrently;
import banking.embedded.ProxiedDatabase;
import banking.embedded.TcpProxy;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** A firewall forgets the connections to the database, and tells nobody; new ones come through. */
@CommandServiceTest
@QuarkusTestResource(
        value = ProxiedDatabase.class,
        initArgs = @ResourceArg(name = "service", value = "command"),
        restrictToAnnotatedClass = true)
class SilentConnectionsTest {

    private static final Duration BACK_WITHIN = Duration.ofSeconds(5);

    private static final int SESSIONS = 12;

    @Inject DataSource database;

    @SuppressWarnings("NullAway.Init") // The test resource fills it.
    private TcpProxy proxy;

    @Test
    void commands_are_back_within_five_seconds_and_readiness_tells_of_it() {
        var account = open("0.00");
        fillThePool();
        Bank.awaitQuiet();
        Awaitility.await().atMost(Bank.PATIENCE).until(() -> readiness() == 200);

        proxy.silence();
        var begun = System.nanoTime();
        var command = CompletableFuture.supplyAsync(() -> deposit(account, "1.00").statusCode());

        Awaitility.await().atMost(BACK_WITHIN).until(() -> readiness() == 503);
        assertThat(command.join()).isEqualTo(201);
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(BACK_WITHIN);
        Awaitility.await()
                .atMost(BACK_WITHIN)
                .untilAsserted(
                        () ->
                                assertThat(
                                                Concurrently.times(
                                                        20, () -> Bank.state(account).statusCode()))
                                        .containsOnly(200));
        Bank.awaitPublished();
        Awaitility.await().atMost(BACK_WITHIN).until(() -> readiness() == 200);
    }

    /** So that whoever asks next is given a session that is dead. */
    private void fillThePool() {
        var all = new CyclicBarrier(SESSIONS);
        Concurrently.times(
                SESSIONS,
                () -> {
                    try (var session = database.getConnection()) {
                        all.await();
                        return session.isValid(1);
                    }
                });
    }

    private static int readiness() {
        return given().get("/q/health/ready").statusCode();
    }
}
