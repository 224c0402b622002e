package banking.database;

import static banking.Bank.deposit;
import static banking.Bank.open;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.notNullValue;

import banking.Bank;
import banking.CommandServiceTest;
import banking.Concurrently;
import banking.embedded.ProxiedDatabase;
import banking.embedded.TcpProxy;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
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
    private static final Map<String, Duration> TOLD =
            Map.of(
                    "/health/live", Duration.ofMillis(500),
                    "/health/started", Duration.ofMillis(500),
                    "/health/ready", Duration.ofMillis(500),
                    "/metrics", Duration.ofSeconds(1));

    private static final int MANY = 30;

    private static final int SESSIONS = 12;

    @Inject DataSource database;

    @SuppressWarnings("NullAway.Init") // The test resource fills it.
    private TcpProxy proxy;

    @Test
    void commands_are_back_within_five_seconds_and_health_tells_of_it() {
        var account = open("0.00");
        fillThePool();
        Bank.awaitQuiet();
        Awaitility.await().atMost(Bank.PATIENCE).until(() -> "there".equals(database()));

        proxy.silence();
        var begun = System.nanoTime();
        var command = CompletableFuture.supplyAsync(() -> deposit(account, "1.00").statusCode());

        Awaitility.await().atMost(BACK_WITHIN).until(() -> "away".equals(database()));
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
        Awaitility.await().atMost(BACK_WITHIN).until(() -> "there".equals(database()));
    }

    @Test
    void what_the_process_tells_of_itself_waits_for_nobody() {
        var account = open("0.00");
        TOLD.forEach((path, _) -> Bank.management(path));
        proxy.mute(true);
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers =
                    IntStream.range(0, MANY)
                            .mapToObj(_ -> callers.submit(() -> deposit(account, "1.00")))
                            .toList();
            Awaitility.await().atMost(BACK_WITHIN).until(() -> "away".equals(database()));

            TOLD.forEach(
                    (path, within) -> {
                        var begun = System.nanoTime();
                        Bank.management(path).then().statusCode(200);
                        assertThat(Duration.ofNanos(System.nanoTime() - begun))
                                .as(path)
                                .isLessThan(within);
                    });
            assertThat(answers)
                    .allSatisfy(
                            answer ->
                                    answer.get()
                                            .then()
                                            .statusCode(503)
                                            .header("Retry-After", notNullValue()));
        } finally {
            proxy.mute(false);
        }
        Awaitility.await().atMost(Bank.PATIENCE).until(() -> "there".equals(database()));
    }

    /** What is told of it; the process stays ready, and says itself when to come again. */
    private static String database() {
        return Bank.management("/health/ready")
                .then()
                .statusCode(200)
                .extract()
                .path("checks.find { it.name == 'database' }.data.database");
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
}
