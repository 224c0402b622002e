package banking.outbox;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.control.ActivateRequestContext;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** How many events wait, and for how long. */
@ApplicationScoped
public class OutboxStatus {

    OutboxStatus() {}

    /**
     * What waits in one shard that has rows.
     *
     * @param oldestAgeSeconds for how long its oldest unpublished event has waited
     */
    public record Shard(int shard, long unpublished, double oldestAgeSeconds) {}

    @RegisterForReflection
    record Waiting(short shard, long events, Instant since) {

        private Shard at(Instant now) {
            var age = Math.max(0, Duration.between(since, now).toNanos() / 1e9);
            return new Shard(shard, events, age);
        }
    }

    void register(@Observes StartupEvent event, MeterRegistry metrics, OutboxStatus status) {
        Gauge.builder("bank.outbox.unpublished.events", status, OutboxStatus::unpublished)
                .description("Committed events that are not known to be published")
                .register(metrics);
        Gauge.builder("bank.outbox.oldest.age", status, OutboxStatus::oldestAgeSeconds)
                .description("For how long the oldest of them has waited")
                .baseUnit("seconds")
                .register(metrics);
    }

    @ActivateRequestContext
    List<Shard> shards() {
        var now = Instant.now();
        return OutboxRow.find(
                        "select shard, sum(events), min(since) from OutboxRow"
                                + " group by shard order by shard")
                .project(Waiting.class)
                .stream()
                .map(waiting -> waiting.at(now))
                .toList();
    }

    @ActivateRequestContext
    long unpublished() {
        return shards().stream().mapToLong(Shard::unpublished).sum();
    }

    @ActivateRequestContext
    double oldestAgeSeconds() {
        return shards().stream().mapToDouble(Shard::oldestAgeSeconds).max().orElse(0);
    }
}
