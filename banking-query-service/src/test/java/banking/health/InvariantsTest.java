package banking.health;

import static org.assertj.core.api.Assertions.assertThat;

import banking.Bank;
import banking.LogLines;
import banking.database.Statements;
import banking.database.Transactions;
import banking.embedded.BankTestResource;
import io.agroal.api.AgroalDataSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Level;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(
        value = BankTestResource.class,
        initArgs = @ResourceArg(name = "service", value = "query"))
class InvariantsTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    @Inject AgroalDataSource database;
    @Inject Watch watch;

    private interface Check {
        Map<String, String> breaches() throws SQLException;
    }

    private record Checked(String name, Check check) implements Invariant {

        @Override
        public Optional<String> projection() {
            return Optional.of("accounts");
        }

        @Override
        public Duration every() {
            return Duration.ofMillis(200);
        }

        @Override
        public Map<String, String> metrics() {
            return Map.of(name + ".breaches", "Breaches");
        }

        @Override
        public Findings check(Statements statements, @Nullable Instant readThrough)
                throws SQLException {
            var breaches = check.breaches();
            var figure = Figure.of(name + ".breaches");
            return new Findings(Map.of(figure, (long) breaches.size()), breaches);
        }
    }

    private double breaches(String name) {
        var told = registry.find(name + ".breaches").gauge();
        return told == null ? Double.NaN : told.value();
    }

    @Test
    void a_breach_is_told_once_and_leaves_the_process_ready() throws InterruptedException {
        var breaches = new AtomicReference<>(Map.<String, String>of());
        var invariants =
                new Invariants(
                        List.of(new Checked("peace", breaches::get)),
                        new Transactions(database),
                        watch,
                        registry);
        try (var log = new LogLines(Level.INFO)) {
            invariants.start(new StartupEvent());
            Bank.eventually().until(() -> breaches("peace") == 0);

            breaches.set(Map.of("north", "a quarrel"));
            Bank.eventually().until(() -> breaches("peace") == 1);
            var health = new InvariantHealth(invariants).call().await().indefinitely();
            assertThat(health.getStatus()).isEqualTo(Status.UP);
            assertThat(health.getData().orElseThrow()).containsEntry("peace", "north: a quarrel");
            breaches.set(Map.of("north", "the same quarrel", "south", "another"));
            Bank.eventually().until(() -> breaches("peace") == 2);
            breaches.set(Map.of());
            Bank.eventually().until(() -> breaches("peace") == 0);

            assertThat(log.all())
                    .filteredOn(line -> line.startsWith("peace"))
                    .containsExactlyInAnyOrder(
                            "peace: north: a quarrel",
                            "peace: south: another",
                            "peace: north: is well again",
                            "peace: south: is well again");
        } finally {
            invariants.stop(new ShutdownEvent());
        }
    }

    @Test
    void one_that_hangs_and_one_that_fails_hold_up_no_other() throws InterruptedException {
        var free = new CountDownLatch(1);
        var invariants =
                new Invariants(
                        List.of(
                                new Checked("hanging", () -> hang(free)),
                                new Checked("failing", InvariantsTest::fail),
                                new Checked("checked", Map::of)),
                        new Transactions(database),
                        watch,
                        registry);
        invariants.start(new StartupEvent());
        try {
            Bank.eventually().until(() -> breaches("checked") == 0);
            Bank.eventually().until(() -> ageMillis("failing") > 700);
            assertThat(ageMillis("hanging")).isGreaterThan(700);
            assertThat(ageMillis("checked")).isLessThan(ageMillis("failing"));
            assertThat(breaches("hanging")).isNaN();
            var health = new InvariantHealth(invariants).call().await().indefinitely();
            assertThat(health.getStatus()).isEqualTo(Status.UP);
            assertThat(health.getData().orElseThrow())
                    .hasEntrySatisfying(
                            "failing", text -> assertThat(text).asString().contains("is away"))
                    .hasEntrySatisfying(
                            "hanging", text -> assertThat(text).asString().contains("no answer"));
        } finally {
            free.countDown();
            invariants.stop(new ShutdownEvent());
        }
    }

    private double ageMillis(String figures) {
        return registry.get("bank.figures.age")
                .tag("figures", figures)
                .timeGauge()
                .value(TimeUnit.MILLISECONDS);
    }

    private static Map<String, String> hang(CountDownLatch free) {
        try {
            free.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return Map.of();
    }

    private static Map<String, String> fail() throws SQLException {
        throw new SQLException("the database is away", "08006");
    }
}
