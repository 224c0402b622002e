package banking.seal;

import banking.health.Progress;
import io.micrometer.core.instrument.Counter;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import org.jboss.logging.Logger;

/**
 * The seals in one place, held against those of the database in each turn. What fails there holds
 * up nothing but itself, is told, and is done again the next turn; but as long as it may be ahead,
 * nobody knows on which seal the next one is to follow.
 */
final class PlacedSeals {

    private static final Logger LOG = Logger.getLogger(PlacedSeals.class);

    private static final long AWAY = -1;

    private final SealPlace place;
    private final SealRows rows;
    private final SealKeys keys;
    private final int mostATurn;
    private final Progress progress;
    private final Counter missed;

    /** Of which sources the marks hold in a database that was put back. */
    private final Predicate<String> areElsewhere;

    /**
     * Whether it may have what the database has lost, since it was put back to some earlier moment.
     */
    private boolean mayBeAhead = true;

    /** What it is known to have; nothing that is known where it is away. */
    private long last = AWAY;

    PlacedSeals(
            SealPlace place,
            SealRows rows,
            SealKeys keys,
            int mostATurn,
            Progress progress,
            Counter missed,
            Predicate<String> areElsewhere) {
        this.place = place;
        this.rows = rows;
        this.keys = keys;
        this.mostATurn = mostATurn;
        this.progress = progress;
        this.missed = missed;
        this.areElsewhere = areElsewhere;
    }

    String name() {
        return place.name();
    }

    /** Nobody knows any more that the database has all that is here. */
    void doubt() {
        mayBeAhead = true;
    }

    /** It is another process's to look after. */
    void leave() {
        doubt();
        progress.well();
    }

    boolean mayBeAhead() {
        return mayBeAhead;
    }

    /** What one has and the other has not. */
    void agree(UUID owner) {
        progress.begins();
        try {
            last = AWAY;
            var there = place.last();
            var here = rows.lastText().map(text -> Seal.parse(text).number()).orElse(0L);
            if (there > here) {
                here = bringBack(owner, here, there);
            }
            mayBeAhead = there > here;
            for (var seal : there < here ? rows.above(there, mostATurn) : List.<SignedSeal>of()) {
                place.put(seal);
                there = seal.number();
            }
            last = there;
            progress.well();
        } catch (Exception e) {
            failed(e);
        }
    }

    /** Adds a seal that was made just now, where all before it are there. */
    void put(SignedSeal seal) {
        if (last != seal.number() - 1) {
            return;
        }
        try {
            place.put(seal);
            last = seal.number();
        } catch (Exception e) {
            failed(e);
        }
    }

    private void failed(Exception why) {
        last = AWAY;
        LOG.debugf(why, "seals are not put into %s", place.name());
        progress.failed(
                (mayBeAhead ? "Nobody knows which seals are there: " : "Seals wait: ") + why);
    }

    private long bringBack(UUID owner, long here, long there) throws Exception {
        var last = here;
        while (last < there && last - here < mostATurn) {
            var seals = place.above(last);
            if (seals.isEmpty()) {
                throw new IllegalStateException("seal " + (last + 1) + " is not there");
            }
            for (var seal : seals) {
                bringBack(owner, seal);
                last = seal.number();
            }
        }
        return last;
    }

    private void bringBack(UUID owner, SignedSeal seal) throws SQLException {
        var flaw = seal.flaw(keys);
        if (flaw != null) {
            throw new IllegalStateException("seal " + seal.number() + " " + flaw);
        }
        var parsed = Seal.parse(seal.text());
        rows.add(owner, seal, parsed, areElsewhere.test(parsed.source()));
        missed.increment();
        LOG.errorf(
                "Seal %d was missing in the database, and is in %s", seal.number(), place.name());
    }
}
