package banking.seal;

import banking.health.Progress;
import banking.health.Standstills;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.arc.All;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Seals what is new of every source, every few seconds and beside the commands, which wait for none
 * of it. One process at a time does, in the whole bank. A seal is in the database before it is
 * elsewhere, where the next turn puts it if this one was cut short; one that is only elsewhere was
 * taken out of the database, or that was put back to an earlier moment, and is brought back.
 */
@ApplicationScoped
class Sealer {

    private static final Logger LOG = Logger.getLogger(Sealer.class);

    private final UUID owner = UUID.randomUUID();
    private final SealRows rows;
    private final SealKeys keys;
    private final SealsConfig config;
    private final List<SealedSource> sources;
    private final List<SealPlace> places;
    private final Progress progress;
    private final Counter made;
    private final Counter missed;
    private final Clock clock = Clock.systemUTC();
    private volatile Instant sealedUntil = clock.instant();

    Sealer(
            SealRows rows,
            SealKeys keys,
            SealsConfig config,
            @All List<SealedSource> sources,
            @All List<SealPlace> places,
            Standstills standstills,
            MeterRegistry metrics) {
        this.rows = rows;
        this.keys = keys;
        this.config = config;
        this.sources = sources;
        this.places = places.stream().filter(SealPlace::isThere).toList();
        progress = standstills.watch("sealer");
        made = Counter.builder("bank.seals.made").description("Seals").register(metrics);
        missed =
                Counter.builder("bank.seals.missed")
                        .description("Seals that were elsewhere and no more in the database")
                        .register(metrics);
        Gauge.builder("bank.seals.age", this, Sealer::age)
                .description("Since when something may not be sealed")
                .baseUnit("seconds")
                .register(metrics);
    }

    /** That a file has no key is to be known at once. */
    void begin(@Observes StartupEvent event) {
        LOG.debugf("seals are signed by %s", keys.current());
    }

    private double age() {
        return Duration.between(sealedUntil, clock.instant()).toMillis() / 1e3;
    }

    @Scheduled(
            every = "{bank.seals.every}",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void seal() {
        progress.begins();
        try {
            if (rows.takeTurn(owner, config.lease())) {
                var asOf = clock.instant();
                if (sealAll()) {
                    rows.sealedUntil(owner, asOf);
                }
            }
            sealedUntil = rows.sealedUntil();
            progress.well();
        } catch (Exception e) {
            LOG.debug("nothing was sealed", e);
            progress.failed("nothing is sealed: " + e);
        }
    }

    void end(@Observes ShutdownEvent event) {
        try {
            rows.giveTurnBack(owner);
        } catch (SQLException | RuntimeException e) {
            LOG.debug("others have the turn when its time is over", e);
        }
    }

    /**
     * @return whether there was nothing more
     */
    private boolean sealAll() throws Exception {
        for (var place : places) {
            agree(place);
        }
        var done = true;
        for (var source : sources) {
            done &= sealAll(source);
        }
        return done;
    }

    private boolean sealAll(SealedSource source) throws Exception {
        for (int i = 0; i < config.sealsATurn(); i++) {
            var mark = rows.mark(source.name());
            var portion = source.next(mark.orElse(null), config.leaves());
            if (portion.leaves().isEmpty()) {
                if (!portion.mark().equals(mark.orElse(""))) {
                    rows.move(owner, source.name(), portion.mark());
                }
                return true;
            }
            var seal = sealed(source.name(), mark.orElse("-"), portion);
            for (var place : places) {
                place.put(seal);
            }
            if (portion.isLast()) {
                return true;
            }
        }
        return false;
    }

    private SignedSeal sealed(String source, String from, SealedSource.Portion portion)
            throws SQLException {
        var last = rows.lastText();
        var seal =
                new Seal(
                        last.map(text -> Seal.parse(text).number()).orElse(0L) + 1,
                        clock.instant().truncatedTo(ChronoUnit.MICROS),
                        last.map(SignedSeal::hash).orElse(Seal.NONE),
                        source,
                        from,
                        portion.mark(),
                        portion.leaves().size(),
                        Seal.root(portion.leaves()),
                        keys.current());
        var text = seal.text();
        var signed = new SignedSeal(seal.number(), text, keys.sign(text), portion.leaves());
        rows.add(owner, signed, seal);
        made.increment();
        return signed;
    }

    /** What one has and the other has not. */
    private void agree(SealPlace place) throws Exception {
        var here = rows.lastText().map(text -> Seal.parse(text).number()).orElse(0L);
        var there = place.last();
        if (there > here) {
            bringBack(place.above(here), place.name());
        } else if (there < here) {
            for (var seal : rows.above(there, config.sealsATurn())) {
                place.put(seal);
            }
        }
    }

    private void bringBack(List<SignedSeal> seals, String place) throws SQLException {
        for (var seal : seals) {
            var flaw = seal.flaw(keys);
            if (flaw != null) {
                throw new IllegalStateException(
                        "seal " + seal.number() + " in " + place + " " + flaw);
            }
            rows.add(owner, seal, Seal.parse(seal.text()));
            missed.increment();
            LOG.errorf("Seal %d was missing in the database, and is in %s", seal.number(), place);
        }
    }
}
