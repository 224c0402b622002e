package banking.projection;

import banking.figures.Buckets;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;

final class ProjectionMetrics {

    private final Clock clock = Clock.systemUTC();
    private final Counter events;
    private final DistributionSummary batch;
    private final Timer visible;
    private final Counter unfitting;

    ProjectionMetrics(MeterRegistry registry, String projection) {
        events =
                Counter.builder("bank.projection.events")
                        .description("Events that the views have taken in")
                        .tag("projection", projection)
                        .register(registry);
        batch =
                DistributionSummary.builder("bank.projection.batch.size")
                        .description("Events that one transaction took in")
                        .tag("projection", projection)
                        .serviceLevelObjectives(Buckets.ofEvents())
                        .register(registry);
        unfitting =
                Counter.builder("bank.projection.forged.records")
                        .description("Records that are not what the journal has: an alarm")
                        .tag("projection", projection)
                        .register(registry);
        visible =
                Timer.builder("bank.projection.visible.delay")
                        .description("From the command's decision to the view's commit")
                        .tag("projection", projection)
                        .serviceLevelObjectives(Buckets.ofDelays())
                        .register(registry);
    }

    void applied(Round round) {
        unfitting.increment(round.unfitting().size());
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
}
