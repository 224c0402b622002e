package banking.audit;

import static org.assertj.core.api.Assertions.assertThat;

import banking.Bank;
import banking.CommandServiceTest;
import banking.LogLines;
import banking.database.Transactions;
import banking.events.codec.ChainKeys;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A trail of its own beside the service's, whose database takes nothing for a while. */
@CommandServiceTest
class AuditTrailTest {

    private static final int TOO_MANY = 5;

    private final String story = UUID.randomUUID().toString();
    private final MeterRegistry metrics = new SimpleMeterRegistry();

    @Inject Transactions transactions;
    @Inject ChainKeys keys;

    private AuditTrail trail;

    @BeforeEach
    void start() {
        trail = new AuditTrail(transactions, keys, metrics);
        trail.start(new StartupEvent());
    }

    @AfterEach
    void stop() throws InterruptedException {
        trail.stop(new ShutdownEvent());
    }

    private AuditEntry entry(String operation) {
        return new AuditEntry(
                Instant.now(), "", "", operation, null, null, 404, "not-found", story, "", null);
    }

    private long written(String condition) {
        return Bank.count("audit_entry where %s".formatted(condition));
    }

    private long ofStory() {
        return written("correlation_id = '%s'".formatted(story));
    }

    @Test
    void while_the_database_takes_nothing_refusals_are_counted_and_nothing_is_read()
            throws SQLException, InterruptedException {
        try (var somebody = Bank.database();
                var statement = somebody.createStatement()) {
            somebody.setAutoCommit(false);
            statement.execute("lock table audit_entry in exclusive mode");
            for (int i = 0; i < AuditTrail.MOST_REFUSALS_WAITING + TOO_MANY; i++) {
                trail.add(entry("refused"));
            }
            assertThat(metrics.get("bank.audit.dropped").counter().count()).isEqualTo(TOO_MANY);
            for (int i = AuditTrail.MOST_REFUSALS_WAITING; i < AuditTrail.MOST_WAITING; i++) {
                assertThat(trail.reserve()).isTrue();
                trail.addReserved(entry("read"));
            }
            assertThat(trail.reserve()).isFalse();
            assertThat(trail.addAtOnce(entry("done"))).isFalse();
            Awaitility.await().atMost(Bank.PATIENCE).until(() -> trail.failure() != null);
            var standstill = metrics.get("bank.standstill").tag("what", "audit").gauge();
            assertThat(standstill.value()).isPositive();
            somebody.rollback();
        }

        Awaitility.await()
                .atMost(Bank.PATIENCE)
                .until(() -> ofStory() == AuditTrail.MOST_WAITING && trail.failure() == null);
        assertThat(trail.addAtOnce(entry("done"))).isTrue();
        assertThat(written("reason = '%d refusals found no room before this'".formatted(TOO_MANY)))
                .isEqualTo(1);
        assertThat(trail.waiting()).isZero();
    }

    @Test
    void what_gathers_is_written_before_the_end() throws InterruptedException {
        for (int i = 0; i < TOO_MANY; i++) {
            trail.add(entry("refused"));
        }
        try (var lines = LogLines.of("banking.audit")) {
            trail.stop(new ShutdownEvent());
            assertThat(lines.all())
                    .anyMatch(
                            line ->
                                    line.matches(
                                            "The audit trail goes up to .*:" + TOO_MANY + " .*"));
        }
        assertThat(ofStory()).isEqualTo(TOO_MANY);
    }

    @Test
    void what_an_operator_is_about_to_do_is_there_at_once() throws InterruptedException {
        assertThat(trail.addAtOnce(entry("done"))).isTrue();
        assertThat(ofStory()).isEqualTo(1);
    }

    @Test
    void what_no_text_may_have_holds_up_nothing() throws InterruptedException {
        var nasty = "a\u0000b\ud800c\n" + "x".repeat(10_000);
        var entry =
                new AuditEntry(
                        Instant.now(),
                        nasty,
                        nasty,
                        nasty,
                        nasty,
                        null,
                        400,
                        nasty,
                        story,
                        nasty,
                        nasty);
        assertThat(trail.addAtOnce(entry)).isTrue();
        assertThat(ofStory()).isEqualTo(1);
    }
}
