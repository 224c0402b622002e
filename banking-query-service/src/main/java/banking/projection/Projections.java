package banking.projection;

import banking.events.StreamId;
import banking.projection.ProjectionWriter.Replay;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.arc.All;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.jboss.logging.Logger;

/** Runs every projection there is, from the start of the process to its end. */
@ApplicationScoped
class Projections {

    private static final Logger LOG = Logger.getLogger(Projections.class);
    private static final String GROUP_PREFIX = "banking-query.";

    private record Running(
            Projection projection, ProjectionWriter writer, Intake intake, Progress progress) {}

    private final ProjectionConfig config;
    private final VersionWaits waits;
    private final List<Running> all = new ArrayList<>();

    Projections(
            ProjectionConfig config,
            @All List<Projection> projections,
            Transactions transactions,
            VersionWaits waits,
            @Identifier("default-kafka-broker") Map<String, Object> kafka,
            MeterRegistry registry) {
        this.config = config;
        this.waits = waits;
        for (var projection : projections) {
            var writer = new ProjectionWriter(transactions, projection);
            var progress = new Progress();
            var metrics = new ProjectionMetrics(registry, projection.name());
            var intake =
                    new Intake(
                            projection,
                            settings(kafka, projection, config),
                            config,
                            writer,
                            round -> {
                                metrics.applied(round);
                                waits.arrived(projection.name(), round.newestApplied().keySet());
                            },
                            progress,
                            registry);
            all.add(new Running(projection, writer, intake, progress));
        }
    }

    private static Map<String, Object> settings(
            Map<String, Object> kafka, Projection projection, ProjectionConfig config) {
        var settings = new HashMap<>(kafka);
        settings.put(ConsumerConfig.GROUP_ID_CONFIG, GROUP_PREFIX + projection.name());
        // Where a partition goes on is kept beside the views; what Kafka keeps is for tools that
        // show lag. It must not choose another place by itself either.
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, true);
        settings.put(ConsumerConfig.AUTO_COMMIT_INTERVAL_MS_CONFIG, 1000);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        settings.put(ConsumerConfig.METADATA_MAX_AGE_CONFIG, 5000);
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 2000);
        // A pod that was killed and comes back takes its partitions up again at once; those of one
        // that stays away go to the others after the session's timeout.
        settings.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, config.instance());
        settings.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 6000);
        settings.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, 500);
        return settings;
    }

    void start(@Observes StartupEvent event) {
        all.forEach(running -> running.intake.start());
    }

    /** All are told before any is waited for, and one that hangs is left behind. */
    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        all.forEach(running -> running.intake.stop());
        long deadline = System.nanoTime() + config.stopTimeout().toNanos();
        for (var running : all) {
            var left = Duration.ofNanos(Math.max(1, deadline - System.nanoTime()));
            if (!running.intake.ends(left)) {
                LOG.warnf("%s has not stopped in time", running.projection.name());
            }
        }
    }

    List<Projection> all() {
        return all.stream().map(Running::projection).toList();
    }

    List<String> topics() {
        return all.stream().map(running -> running.projection.topic()).toList();
    }

    Optional<Projection> find(String name) {
        return all().stream().filter(projection -> projection.name().equals(name)).findFirst();
    }

    /** How this process is doing with a projection. */
    Progress progress(String name) {
        return running(name).progress;
    }

    /** Tries a parked aggregate's queue again; empty when it is not parked. */
    Optional<Replay> replay(String name, StreamId stream) throws SQLException {
        var replay = running(name).writer.replay(stream);
        waits.arrived(name, List.of(stream));
        return replay;
    }

    private Running running(String name) {
        return all.stream()
                .filter(running -> running.projection.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
