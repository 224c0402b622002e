package banking.seal;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toUnmodifiableMap;

import banking.health.Progress;
import banking.health.Standstills;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.arc.All;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * Goes through all that is kept, all day at a given pace: every {@link Walk}, and through those
 * seals that somebody has asked for. Each walk is one process's at a time, and goes on where the
 * last turn has ended, whoever took it.
 */
@ApplicationScoped
class Verifier {

    private static final Logger LOG = Logger.getLogger(Verifier.class);

    /** What is found beyond that is in the log alone. */
    static final int MOST_FINDINGS = 1000;

    /** How many walks there are at the most, those that somebody has asked for among them. */
    static final int MOST_WALKS = 14;

    /** How often walks go on before the next look at the clock. */
    private static final int TURNS = 20;

    private static final Duration LEASE = Duration.ofSeconds(30);
    private static final Duration KEPT = Duration.ofDays(1);
    private static final Duration KEPT_IF_FULL = Duration.ofMinutes(1);

    private final Verifications verifications;
    private final VerifierConfig config;
    private final Map<String, Walk> walks;
    private final SealsWalk seals;
    private final Progress progress;
    private final Clock clock = Clock.systemUTC();
    private final Counter checked;
    private volatile long findings;

    /** Why walks have not gone on here, until they do, or another process may have had its turn. */
    private final Map<String, Failed> failing = new ConcurrentHashMap<>();

    private record Failed(String why, Instant until) {}

    Verifier(
            Verifications verifications,
            VerifierConfig config,
            @All List<Walk> walks,
            SealsWalk seals,
            Standstills standstills,
            MeterRegistry metrics) {
        this.verifications = verifications;
        this.config = config;
        this.walks = walks.stream().collect(toUnmodifiableMap(Walk::name, identity()));
        this.seals = seals;
        progress = standstills.watch("verifier");
        checked =
                Counter.builder("bank.verifier.checked")
                        .description("Events and leaves of seals that were looked at")
                        .register(metrics);
        Gauge.builder("bank.verifier.findings", () -> (double) findings)
                .description("Places that are not as they were written")
                .register(metrics);
    }

    @Scheduled(
            every = "{bank.verifier.every}",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void verify() {
        progress.begins();
        try {
            for (var walk : walks.values()) {
                verifications.begin(walk.name(), walk.start(), null, MOST_WALKS);
            }
            var stand = verifications.lease(LEASE);
            for (int turns = 0; turns < TURNS && stand.isPresent(); turns++) {
                goOnAlone(stand.get());
                stand = verifications.lease(LEASE);
            }
            verifications.forgetEnded(KEPT);
            findings = verifications.count();
            tell();
        } catch (Exception e) {
            LOG.debug("nothing is verified", e);
            progress.failed("nothing is verified: " + e);
        }
    }

    /** A walk that fails holds up no other, and rests for as long as it is leased. */
    private void goOnAlone(Verifications.Stand stand) {
        try {
            goOn(stand);
            failing.remove(stand.walk());
        } catch (Exception e) {
            LOG.debugf(e, "%s does not go on", stand.walk());
            var until = clock.instant().plus(LEASE.multipliedBy(2));
            failing.put(stand.walk(), new Failed(e.toString(), until));
        }
    }

    /** A walk that fails again and again is told of between its turns, too. */
    private void tell() {
        var now = clock.instant();
        failing.values().removeIf(failed -> failed.until.isBefore(now));
        if (failing.isEmpty()) {
            progress.well();
        } else {
            progress.failed(
                    failing.entrySet().stream()
                            .map(each -> each.getKey() + " does not go on: " + each.getValue().why)
                            .sorted()
                            .collect(joining("; ")));
        }
    }

    private void goOn(Verifications.Stand stand) throws Exception {
        var walk = walks.getOrDefault(stand.walk(), seals);
        var turn = walk.goOn(stand.position(), stand.until(), config.pace());
        checked.increment((double) turn.checked());
        var rest = stand.until() != null ? Duration.ZERO : rest(turn);
        for (var place : verifications.went(stand, walk, turn, rest, MOST_FINDINGS)) {
            LOG.errorf("Not as it was written: %s %s", place, turn.found().get(place));
        }
    }

    private Duration rest(Walk.Turn turn) {
        return turn.position() == null ? config.restBetweenRounds() : config.pause();
    }

    /** Begins to look at the seals of a time, where that is not done yet. */
    boolean begin(String walk, long above, long until) throws SQLException {
        var from = Long.toString(above);
        if (verifications.begin(walk, from, until, MOST_WALKS)) {
            return true;
        }
        verifications.forgetEnded(KEPT_IF_FULL);
        return verifications.begin(walk, from, until, MOST_WALKS);
    }
}
