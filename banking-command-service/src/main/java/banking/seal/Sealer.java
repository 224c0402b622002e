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
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Seals what is new of every source, every few seconds and beside the commands, which wait for none
 * of it. One process at a time does, in the whole bank. A seal is in the database before it is
 * elsewhere, where a later turn puts it if this one was cut short, or the place was away; one that
 * is only elsewhere was taken out of the database, or that was put back to an earlier moment, and
 * is brought back. A source or a place that fails holds up no other.
 */
@ApplicationScoped
class Sealer {

    private static final Logger LOG = Logger.getLogger(Sealer.class);

    private final UUID owner = UUID.randomUUID();
    private final SealRows rows;
    private final SealKeys keys;
    private final SealsConfig config;
    private final List<SealedSource> sources;
    private final List<Progress> ofSources;
    private final List<PlacedSeals> places;
    private final Progress progress;
    private final Counter made;
    private final Clock clock = Clock.systemUTC();

    /** What is signed of the last seal that the database had; null where nothing says it. */
    private @Nullable String lastSeen;

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
        ofSources = sources.stream().map(s -> standstills.watch("seals of " + s.name())).toList();
        progress = standstills.watch("sealer");
        made = Counter.builder("bank.seals.made").description("Seals").register(metrics);
        var missed =
                Counter.builder("bank.seals.missed")
                        .description("Seals that were elsewhere and no more in the database")
                        .register(metrics);
        this.places =
                places.stream()
                        .filter(SealPlace::isThere)
                        .map(p -> placed(p, standstills, missed))
                        .toList();
        Gauge.builder("bank.seals.age", this, Sealer::age)
                .description("Since when something may not be sealed")
                .baseUnit("seconds")
                .register(metrics);
    }

    private PlacedSeals placed(SealPlace place, Standstills standstills, Counter missed) {
        var ofPlace = standstills.watch("seals in " + place.name());
        return new PlacedSeals(
                place, rows, keys, config.sealsATurn(), ofPlace, missed, this::isElsewhere);
    }

    private boolean isElsewhere(String source) {
        return sources.stream()
                .filter(each -> each.name().equals(source))
                .anyMatch(SealedSource::isElsewhere);
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
                requireLastSeen();
                var asOf = clock.instant();
                if (sealAll()) {
                    rows.sealedUntil(owner, asOf);
                }
            } else {
                leave();
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

    /** Others look after it; what they have sealed may be elsewhere alone by the next time. */
    private void leave() {
        lastSeen = null;
        places.forEach(PlacedSeals::leave);
        ofSources.forEach(Progress::well);
    }

    /** A database that was put back has not the seal that it had when this process looked last. */
    private void requireLastSeen() throws SQLException {
        var seen = lastSeen;
        if (seen != null && !rows.text(Seal.parse(seen).number()).equals(Optional.of(seen))) {
            LOG.errorf("The database has no more the seal that it had: %s", SignedSeal.hash(seen));
            places.forEach(PlacedSeals::doubt);
        }
    }

    /**
     * @return whether there was nothing more
     * @throws IllegalStateException where it is not known on which seal the next one follows
     */
    private boolean sealAll() throws SQLException {
        for (var place : places) {
            place.agree(owner);
            requireTurn();
        }
        lastSeen = rows.lastText().orElse(null);
        for (var place : places) {
            if (place.mayBeAhead()) {
                throw new IllegalStateException(place.name() + " may have more seals");
            }
        }
        var done = true;
        for (int i = 0; i < sources.size(); i++) {
            done &= sealAll(sources.get(i), ofSources.get(i));
            requireTurn();
        }
        return done;
    }

    /** What was away may have taken its time. */
    private void requireTurn() throws SQLException {
        progress.begins();
        if (!rows.takeTurn(owner, config.lease())) {
            throw new IllegalStateException("another process seals by now");
        }
    }

    private boolean sealAll(SealedSource source, Progress ofSource) {
        ofSource.begins();
        try {
            var done = false;
            for (int i = 0; i < config.sealsATurn() && !done; i++) {
                done = sealNext(source);
            }
            ofSource.well();
            return done;
        } catch (Exception e) {
            LOG.debugf(e, "nothing of %s was sealed", source.name());
            ofSource.failed("nothing is sealed: " + e);
            return false;
        }
    }

    /**
     * @return whether there was nothing more
     */
    private boolean sealNext(SealedSource source) throws Exception {
        var mark = rows.mark(source.name());
        var portion = source.next(mark.orElse(null), config.leaves());
        if (portion.leaves().isEmpty()) {
            if (!portion.mark().equals(mark.orElse(""))) {
                rows.move(owner, source.name(), portion.mark());
            }
            return true;
        }
        var seal = sealed(source.name(), mark.orElse("-"), portion);
        places.forEach(place -> place.put(seal));
        return portion.isLast();
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
        lastSeen = text;
        made.increment();
        return signed;
    }
}
