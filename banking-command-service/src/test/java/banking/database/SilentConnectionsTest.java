package banking.database;

import static banking.Bank.deposit;
import static banking.Bank.open;
import static org.assertj.core.api.Assertions.assertThat;

import banking.Bank;
import banking.CommandServiceTest;
import banking.Concurrently;
import banking.embedded.ProxiedDatabase;
import banking.embedded.TcpProxy;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
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

    @SuppressWarnings("NullAway.Init") // The test resource fills it.
    private TcpProxy proxy;

    @Test
    void commands_are_back_within_five_seconds_and_readiness_tells_of_it() {
        var account = open("0.00");
        Concurrently.times(20, () -> Bank.state(account).statusCode());
        Bank.awaitQuiet();
        Awaitility.await().atMost(Bank.PATIENCE).until(() -> readiness() == 200);

        proxy.silence();
        var begun = System.nanoTime();
        var command = CompletableFuture.supplyAsync(() -> deposit(account, "1.00").statusCode());

        Awaitility.await().atMost(BACK_WITHIN).until(() -> readiness() == 503);
        assertThat(command.join()).isEqualTo(201);
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(BACK_WITHIN);
        // Inspection takes turns behind those who still wait for sessions that are dead.
        Awaitility.await()
                .atMost(Bank.PATIENCE)
                .untilAsserted(
                        () ->
                                assertThat(
                                                Concurrently.times(
                                                        20, () -> Bank.state(account).statusCode()))
                                        .containsOnly(200));
        Bank.awaitPublished();
        Awaitility.await().atMost(BACK_WITHIN).until(() -> readiness() == 200);
    }

    private static int readiness() {
        return Bank.management("/health/ready").statusCode();
    }
}
