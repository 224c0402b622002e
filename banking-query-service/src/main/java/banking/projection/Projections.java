package banking.projection;

import banking.events.StreamId;
import banking.projection.ProjectionWriter.Replay;
import io.agroal.api.AgroalDataSource;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/** Runs every projection there is, from the start of the process to its end. */
@ApplicationScoped
class Projections {

    private record Running(
            Projection projection,
            ProjectionWriter writer,
            ProjectionLoop loop,
            Progress progress) {}

    private final ProjectionConfig config;
    private final Map<String, Object> kafka;
    private final VersionWaits waits;
    private final List<Running> all = new ArrayList<>();

    Projections(
            ProjectionConfig config,
            @Identifier("default-kafka-broker") Map<String, Object> kafka,
            @Any Instance<Projection> projections,
            AgroalDataSource database,
            VersionWaits waits,
            MeterRegistry registry) {
        this.config = config;
        this.kafka = kafka;
        this.waits = waits;
        for (var projection : projections) {
            var writer = new ProjectionWriter(database, projection);
            var progress = new Progress();
            var metrics = new ProjectionMetrics(registry, projection.name(), progress, database);
            var loop =
                    new ProjectionLoop(
                            projection,
                            config,
                            writer,
                            () -> consumer(projection),
                            round -> {
                                metrics.applied(round);
                                waits.arrived(projection.name(), round.newestApplied().keySet());
                            },
                            progress);
            all.add(new Running(projection, writer, loop, progress));
        }
    }

    void start(@Observes StartupEvent event) {
        all.forEach(running -> running.loop.start());
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        for (var running : all) {
            running.loop.stop();
        }
    }

    private KafkaConsumer<byte[], byte[]> consumer(Projection projection) {
        var settings = new HashMap<>(kafka);
        settings.put(ConsumerConfig.GROUP_ID_CONFIG, config.group() + "." + projection.name());
        config.instance()
                .ifPresent(id -> settings.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, id));
        settings.put(
                ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, (int) config.sessionTimeout().toMillis());
        settings.put(
                ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG,
                (int) config.sessionTimeout().toMillis() / HEARTBEATS_PER_SESSION);
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, config.maxBatch());
        settings.put(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, 1);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        // What Kafka keeps is for tools that show a group's lag; the read database decides.
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, true);
        settings.put(ConsumerConfig.AUTO_COMMIT_INTERVAL_MS_CONFIG, COMMIT_INTERVAL_MILLIS);
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        settings.put(ConsumerConfig.METADATA_MAX_AGE_CONFIG, TOPIC_LOOKUP_MILLIS);
        return new KafkaConsumer<>(
                settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** A process hears of another that joins or leaves with its next heartbeat. */
    private static final int HEARTBEATS_PER_SESSION = 12;

    private static final int COMMIT_INTERVAL_MILLIS = 1_000;

    /** How soon a topic that did not exist is found. */
    private static final int TOPIC_LOOKUP_MILLIS = 5_000;

    List<Projection> all() {
        return all.stream().map(Running::projection).toList();
    }

    boolean exists(String name) {
        return all.stream().anyMatch(running -> running.projection.name().equals(name));
    }

    /** Tries a parked aggregate's queue again; empty when it is not parked. */
    Optional<Replay> replay(String name, StreamId stream) {
        var running =
                all.stream()
                        .filter(r -> r.projection.name().equals(name))
                        .findFirst()
                        .orElseThrow();
        var replay = running.writer.replay(stream);
        waits.arrived(name, List.of(stream));
        return replay;
    }

    /** Why a projection stands still, per name; null for one that runs. */
    Map<String, @Nullable String> failures() {
        var failures = new HashMap<String, @Nullable String>();
        all.forEach(r -> failures.put(r.projection.name(), r.progress.failure()));
        return failures;
    }
}
