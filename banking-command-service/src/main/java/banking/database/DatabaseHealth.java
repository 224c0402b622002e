package banking.database;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.SQLException;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Ready means that the database has answered this process. One that goes silent later takes nobody
 * out: it is the same for every process, and callers would get the proxy's error instead of ours,
 * which says when to come again. It is asked in the background, and whoever wants to know is told
 * from memory.
 */
@Readiness
@ApplicationScoped
class DatabaseHealth implements AsyncHealthCheck {

    private static final Logger LOG = Logger.getLogger(DatabaseHealth.class);
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(3);

    private final Transactions transactions;
    private volatile long answeredAt = System.nanoTime();
    private volatile boolean hasAnswered;
    private volatile @Nullable String failure = "not asked yet";

    DatabaseHealth(Transactions transactions) {
        this.transactions = transactions;
    }

    void register(@Observes StartupEvent event, MeterRegistry metrics) {
        Gauge.builder("bank.database.silence", this, health -> health.silence().toMillis() / 1e3)
                .description("For how long the database has not answered, asked once a second")
                .baseUnit("seconds")
                .register(metrics);
    }

    @Scheduled(every = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void ask() {
        try {
            transactions.single(statements -> statements.write("select 1").run());
            answeredAt = System.nanoTime();
            hasAnswered = true;
            if (failure != null) {
                LOG.info("the database answers");
            }
            failure = null;
        } catch (SQLException e) {
            if (failure == null) {
                LOG.errorf("the database does not answer: %s", e);
            }
            failure = e.getMessage();
        }
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        return Uni.createFrom().item(this::response);
    }

    private HealthCheckResponse response() {
        var why = failure;
        return HealthCheckResponse.named("database")
                .status(hasAnswered)
                .withData("database", silence().compareTo(LONGEST_SILENCE) < 0 ? "there" : "away")
                .withData("silentMillis", silence().toMillis())
                .withData("failure", why == null ? "none" : why)
                .build();
    }

    private Duration silence() {
        return Duration.ofNanos(System.nanoTime() - answeredAt);
    }
}
