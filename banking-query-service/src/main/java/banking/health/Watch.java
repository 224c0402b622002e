package banking.health;

import banking.database.Transactions;
import banking.events.Topic;
import banking.figures.Figures;
import banking.figures.Figures.Snapshot;
import banking.health.LogEnds.Ends;
import banking.health.Standing.Look;
import banking.parking.Reason;
import banking.projection.Projection;
import banking.projection.ProjectionConfig;
import banking.projection.Projections;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Looks at every projection again and again, whichever process runs it, and says which of them
 * stands still and why. The database and Kafka are asked by a thread each, and a third one judges
 * what is known by then, so whatever hangs is reported all the same.
 */
@ApplicationScoped
public class Watch {

    private static final Logger LOG = Logger.getLogger(Watch.class);
    private static final double MILLIS_PER_SECOND = 1000;

    private final Projections projections;
    private final Duration patience;
    private final Instant begun = Instant.now();
    private final Figures<Stored> stored;
    private final Figures<Ends> ends;
    private final Figures<Map<String, String>> standstills;
    private final Map<String, Standing> standings = new HashMap<>();
    private final Map<String, Instant> failingSince = new ConcurrentHashMap<>();

    Watch(
            Projections projections,
            ProjectionConfig config,
            Transactions transactions,
            LogEnds logEnds,
            MeterRegistry registry) {
        this.projections = projections;
        patience = config.patience();
        var every = config.lookEvery();
        stored = new Figures<>("projections", every, () -> Stored.read(transactions), registry);
        ends = new Figures<>("log-ends", every, () -> logEnds.of(projections.topics()), registry);
        standstills = new Figures<>("standstills", every, this::judge, registry);
        Gauge.builder("bank.database.silence", stored, s -> seconds(s.age()))
                .description("For how long the database has not answered, asked again and again")
                .baseUnit("seconds")
                .register(registry);
        for (var projection : projections.all()) {
            standings.put(projection.name(), new Standing(patience, begun));
            register(registry, projection);
        }
    }

    private void register(MeterRegistry registry, Projection projection) {
        gauge(
                registry,
                projection,
                "bank.projection.parked.aggregates",
                "Aggregates whose next event cannot be applied",
                () -> counted(known -> known.parked(projection)));
        gauge(
                registry,
                projection,
                "bank.projection.nameless.records",
                "Records that name no aggregate and wait for somebody to look at them",
                () -> counted(known -> known.nameless(projection)));
        Gauge.builder("bank.standstill", () -> secondsOfStandstill(projection))
                .description("For how long it has been standing still by now")
                .baseUnit("seconds")
                .tag("what", "projection " + projection.name())
                .strongReference(true)
                .register(registry);
        for (int partition = 0; partition < Topic.PARTITIONS; partition++) {
            registerLag(registry, projection, partition);
            registerHeartbeat(registry, projection, partition);
        }
    }

    private void registerLag(MeterRegistry registry, Projection projection, int partition) {
        var standing = standing(projection.name());
        Gauge.builder("bank.projection.lag.events", () -> standing.lagEvents(partition))
                .description("Records that its views have not taken in")
                .tag("projection", projection.name())
                .tag("partition", "" + partition)
                .strongReference(true)
                .register(registry);
        Gauge.builder("bank.projection.lag", () -> seconds(lag(projection, partition)))
                .description("How far its views may be behind; grows while nobody can tell")
                .baseUnit("seconds")
                .tag("projection", projection.name())
                .tag("partition", "" + partition)
                .strongReference(true)
                .register(registry);
    }

    private void registerHeartbeat(MeterRegistry registry, Projection projection, int partition) {
        Gauge.builder(
                        "bank.projection.heartbeat.age",
                        () -> seconds(heartbeatAge(projection, partition)))
                .description("How long ago the command side sent the newest that has come through")
                .baseUnit("seconds")
                .tag("projection", projection.name())
                .tag("partition", "" + partition)
                .strongReference(true)
                .register(registry);
    }

    private Duration heartbeatAge(Projection projection, int partition) {
        var known = stored.latest();
        var told = known == null ? null : known.figures().toldMillis(projection, partition);
        var now = Instant.now();
        return known == null || told == null
                ? Duration.between(begun, now)
                : Duration.between(known.asOf(), now).plusMillis(told);
    }

    /** What was sent a moment ago and is here says the same as an empty log. */
    private Duration lag(Projection projection, int partition) {
        var lag = standing(projection.name()).lag(partition, Instant.now());
        var heartbeat = heartbeatAge(projection, partition);
        return lag.compareTo(heartbeat) < 0 ? lag : heartbeat;
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / MILLIS_PER_SECOND;
    }

    private static void gauge(
            MeterRegistry registry,
            Projection projection,
            String name,
            String description,
            Supplier<Number> figure) {
        Gauge.builder(name, figure)
                .description(description)
                .tag("projection", projection.name())
                .strongReference(true)
                .register(registry);
    }

    private double counted(ToLongFunction<Stored> count) {
        var known = stored.latest();
        return known == null ? Double.NaN : count.applyAsLong(known.figures());
    }

    private double secondsOfStandstill(Projection projection) {
        var since = failingSince.get(projection.name());
        return since == null ? 0 : seconds(Duration.between(since, Instant.now()));
    }

    void start(@Observes StartupEvent event) {
        stored.start();
        ends.start();
        standstills.start();
    }

    /** Before the projections, so that their end is not reported. */
    void stop(@Observes @Priority(1) ShutdownEvent event) {
        standstills.stop();
        ends.stop();
        stored.stop();
    }

    /** Asks nobody and waits for nobody. */
    private Map<String, String> judge() {
        var known = stored.latest();
        var log = ends.latest();
        var failures = new HashMap<String, String>();
        for (var projection : projections.all()) {
            var standing = standing(projection.name());
            if (known != null && log != null) {
                standing.add(look(projection, known, log));
            }
            failureOf(projection, standing).ifPresent(f -> failures.put(projection.name(), f));
            tell(projection, failures.get(projection.name()));
        }
        return failures;
    }

    private static Look look(Projection projection, Snapshot<Stored> known, Snapshot<Ends> log) {
        return new Look(
                known.asOf().isBefore(log.asOf()) ? known.asOf() : log.asOf(),
                known.figures().next(projection),
                log.figures().of(projection.topic()));
    }

    private Optional<String> failureOf(Projection projection, Standing standing) {
        var here = projections.progress(projection.name());
        var failure = here.failure();
        return failure != null
                ? Optional.of(failure)
                : standing.standstill(Instant.now(), here::reads)
                        .map(waiting -> silence(projection).orElse(waiting));
    }

    private Optional<String> silence(Projection projection) {
        if (stored.age().compareTo(patience) > 0) {
            return Optional.of("the database does not say how far it is: " + why(stored));
        }
        if (ends.age().compareTo(patience) > 0) {
            return Optional.of("Kafka does not say where the topics end: " + why(ends));
        }
        return Optional.ofNullable(ends.latest())
                .map(log -> log.figures().failures().get(projection.topic()));
    }

    private static String why(Figures<?> figures) {
        var failure = figures.failure();
        return failure == null ? "no answer" : Reason.of(failure);
    }

    private void tell(Projection projection, @Nullable String failure) {
        var name = projection.name();
        if (failure == null) {
            var since = failingSince.remove(name);
            if (since != null) {
                LOG.infof("%s goes on; it stood still since %s", name, since);
            }
        } else if (failingSince.putIfAbsent(name, Instant.now()) == null) {
            LOG.errorf("%s stands still: %s", name, failure);
        }
    }

    /** Why projections stand still, by their names; null for those that get on. */
    public Map<String, @Nullable String> failures() {
        var latest = standstills.latest();
        var found = latest == null ? Map.<String, String>of() : latest.figures();
        var failures = new HashMap<String, @Nullable String>();
        for (var projection : projections.all()) {
            var here = projections.progress(projection.name()).failure();
            failures.put(projection.name(), here == null ? found.get(projection.name()) : here);
        }
        return failures;
    }

    public @Nullable Snapshot<Stored> stored() {
        return stored.latest();
    }

    /** Of what asks nobody, and so should never be silent. */
    Duration silence() {
        return standstills.age();
    }

    Duration silenceOfTheDatabase() {
        return stored.age();
    }

    /**
     * Until when all that has come to a projection's topic by then is in its views; empty where
     * that is unknown.
     */
    public Optional<Instant> readThrough(String projection) {
        return standing(projection).readThrough();
    }

    private Standing standing(String projection) {
        var standing = standings.get(projection);
        if (standing == null) {
            throw new IllegalArgumentException("there is no projection " + projection);
        }
        return standing;
    }
}
