package banking.outbox;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.control.ActivateRequestContext;
import jakarta.enterprise.event.Observes;
import java.util.List;
import org.hibernate.Session;

/** How many rows wait, and for how long. */
@ApplicationScoped
public class OutboxStatus {

    OutboxStatus() {}

    /**
     * What waits in one shard that has rows.
     *
     * @param oldestAgeSeconds how long ago its oldest unpublished event happened
     */
    public record Shard(int shard, long unpublished, double oldestAgeSeconds) {}

    void register(@Observes StartupEvent event, MeterRegistry metrics, OutboxStatus status) {
        Gauge.builder("bank.outbox.unpublished.events", status, OutboxStatus::unpublished)
                .description("Committed events that are not known to be published")
                .register(metrics);
        Gauge.builder("bank.outbox.oldest.age", status, OutboxStatus::oldestAgeSeconds)
                .description("How long ago the oldest of them happened")
                .baseUnit("seconds")
                .register(metrics);
    }

    @ActivateRequestContext
    List<Shard> shards() {
        var session = OutboxRow.getEntityManager().unwrap(Session.class);
        return session.createNativeQuery(
                        """
                        select s.shard, w.unpublished,
                            greatest(0, extract(epoch from now() - e.occurred_at))::float8
                        from outbox_shard s
                        cross join lateral (
                            select count(*) as unpublished, min(position) as first
                            from outbox o where o.shard = s.shard) w
                        join outbox o on o.shard = s.shard and o.position = w.first
                        join event e on e.stream_id = o.stream_id and e.version = o.version
                        order by s.shard""",
                        Object[].class)
                .getResultStream()
                .map(
                        row ->
                                new Shard(
                                        ((Number) row[0]).intValue(),
                                        ((Number) row[1]).longValue(),
                                        ((Number) row[2]).doubleValue()))
                .toList();
    }

    @ActivateRequestContext
    long unpublished() {
        return OutboxRow.count();
    }

    @ActivateRequestContext
    double oldestAgeSeconds() {
        return shards().stream().mapToDouble(Shard::oldestAgeSeconds).max().orElse(0);
    }
}
