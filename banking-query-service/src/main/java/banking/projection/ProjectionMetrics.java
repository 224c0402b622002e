package banking.projection;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import javax.sql.DataSource;

/** What one projection tells about itself. */
final class ProjectionMetrics {

    private final Clock clock = Clock.systemUTC();
    private final Counter events;
    private final DistributionSummary batch;
    private final Timer visible;

    ProjectionMetrics(MeterRegistry registry, String projection, DataSource database) {
        events =
                Counter.builder("projection.events.applied")
                        .description("Events that the views have taken in")
                        .tag("projection", projection)
                        .register(registry);
        batch =
                DistributionSummary.builder("projection.batch.size")
                        .description("Events that one transaction took in")
                        .tag("projection", projection)
                        .publishPercentiles(0.5, 0.99)
                        .register(registry);
        visible =
                Timer.builder("projection.visible")
                        .description("From the command's decision to the view's commit")
                        .tag("projection", projection)
                        .publishPercentileHistogram()
                        .minimumExpectedValue(Duration.ofMillis(1))
                        .maximumExpectedValue(Duration.ofSeconds(30))
                        .register(registry);
        Gauge.builder("projection.parked", database, d -> parked(d, projection))
                .description("Aggregates whose next event cannot be applied")
                .tag("projection", projection)
                .strongReference(true)
                .register(registry);
    }

    void applied(Round round) {
        if (round.applied().isEmpty()) {
            return;
        }
        var now = clock.instant();
        events.increment(round.applied().size());
        batch.record(round.applied().size());
        for (var event : round.applied()) {
            visible.record(Duration.between(event.occurredAt(), now));
        }
    }

    private static double parked(DataSource database, String projection) {
        try (var connection = database.getConnection();
                var count =
                        connection.prepareStatement(
                                "SELECT count(*) FROM parked_aggregate WHERE projection = ?")) {
            count.setString(1, projection);
            try (var rows = count.executeQuery()) {
                return rows.next() ? rows.getDouble(1) : Double.NaN;
            }
        } catch (SQLException e) {
            return Double.NaN;
        }
    }
}
