package banking.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import banking.Bank;
import banking.Feed;
import banking.embedded.BankTestResource;
import banking.embedded.ProxiedDatabase;
import banking.embedded.TcpProxy;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** A firewall forgets the connections to the database, and tells nobody; new ones come through. */
@QuarkusTest
@QuarkusTestResource(
        value = BankTestResource.class,
        initArgs = @ResourceArg(name = "service", value = "query"))
@QuarkusTestResource(
        value = ProxiedDatabase.class,
        initArgs = @ResourceArg(name = "service", value = "query"),
        restrictToAnnotatedClass = true)
class SilentConnectionsTest {

    private static final Duration BACK_WITHIN = Duration.ofSeconds(5);
    private static final Duration KNOWN_WITHIN = Duration.ofSeconds(7);
    private static final Map<String, Duration> TOLD =
            Map.of(
                    "/health/live", Duration.ofMillis(500),
                    "/health/started", Duration.ofMillis(500),
                    "/health/ready", Duration.ofMillis(500),
                    "/metrics", Duration.ofSeconds(1));

    private static final Duration REFUSED_WITHIN = Duration.ofMillis(7500);
    private static final int MANY = 30;
    private static final int READERS = 15;

    private final UUID id = UUID.randomUUID();

    @SuppressWarnings("NullAway.Init") // The test resource fills it.
    private TcpProxy proxy;

    @Test
    void reads_are_back_within_five_seconds_and_views_follow() throws Exception {
        Feed.send(Feed.account(id, "Sil", 2));
        Bank.account(id, 2);
        readAtOnce();

        proxy.silence();
        var begun = System.nanoTime();
        readAtOnce();
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(BACK_WITHIN);

        Feed.send(Feed.deposit(id, 3));
        Bank.account(id, 3).body("version", equalTo(3));
    }

    @Test
    void what_the_process_tells_of_itself_waits_for_nobody() {
        Bank.eventually().until(() -> Bank.management("/health/ready").statusCode() == 200);
        Bank.eventually().until(() -> "there".equals(database()));
        TOLD.forEach((path, _) -> Bank.management(path));
        proxy.mute(true);
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            var refusals =
                    IntStream.range(0, MANY).mapToObj(_ -> callers.submit(this::refused)).toList();
            Awaitility.await().atMost(KNOWN_WITHIN).until(() -> "away".equals(database()));

            TOLD.forEach(
                    (path, within) -> {
                        var begun = System.nanoTime();
                        Bank.management(path).then().statusCode(200);
                        assertThat(Duration.ofNanos(System.nanoTime() - begun))
                                .as(path)
                                .isLessThan(within);
                    });
            assertThat(refusals)
                    .allSatisfy(after -> assertThat(after.get()).isLessThan(REFUSED_WITHIN));
        } finally {
            proxy.mute(false);
        }
        Bank.eventually().until(() -> "there".equals(database()));
    }

    /** How long it takes to be told to come again. */
    private Duration refused() {
        var begun = System.nanoTime();
        Bank.as("teller")
                .get("/accounts/{id}", id)
                .then()
                .statusCode(503)
                .header("Retry-After", notNullValue());
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    /** What is told of it; the process stays ready, and says itself when to come again. */
    private static String database() {
        return Bank.management("/health/ready")
                .then()
                .statusCode(200)
                .extract()
                .path("checks.find { it.name == 'projections' }.data.database");
    }

    /** So many that all sessions of the pool are in use. */
    private void readAtOnce() throws InterruptedException, ExecutionException {
        Callable<Integer> one = () -> Bank.account(id).extract().statusCode();
        Callable<Integer> page =
                () -> Bank.as("teller").get("/accounts?after={id}", new UUID(0, 0)).statusCode();
        try (var readers = Executors.newVirtualThreadPerTaskExecutor()) {
            var questions = new ArrayList<>(Collections.nCopies(READERS, one));
            questions.addAll(Collections.nCopies(READERS, page));
            for (Future<Integer> answer : readers.invokeAll(List.copyOf(questions))) {
                assertThat(answer.get()).isEqualTo(200);
            }
        }
    }
}
