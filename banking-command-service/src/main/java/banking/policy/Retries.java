package banking.policy;

import banking.database.Backoff;
import banking.events.codec.RecordedEvent;
import banking.health.Progress;
import banking.journal.EventRows;
import banking.policy.ParkedMatters.Place;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Tries what one policy has parked again, when its time has come, each matter on its own: one that
 * hangs holds up no other, and so many at the most are under way. What nobody has reacted to is
 * looked for in the journal now and then, and is parked to be tried like the rest.
 */
final class Retries implements Runnable {

    private static final Logger LOG = Logger.getLogger(Retries.class);
    private static final Duration LOOK_EVERY = Duration.ofMillis(500);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(10);
    private static final int PAGE = 500;
    private static final String NOT_AS_WRITTEN = "The event was changed behind the bank's back.";

    private final Reactions reactions;
    private final PolicyConfig config;
    private final Sweep sweep;
    private final Progress progress;
    private final Semaphore room;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Thread thread;

    Retries(Reactions reactions, Sweep sweep, Progress progress) {
        this.reactions = reactions;
        this.sweep = sweep;
        this.progress = progress;
        config = reactions.config();
        room = new Semaphore(config.retriesAtOnce());
        thread = Thread.ofVirtual().name("retries-" + reactions.name()).unstarted(this);
    }

    void start() {
        thread.start();
    }

    /** Begins nothing more; what is under way ends by itself, and is tried again elsewhere. */
    void stop() throws InterruptedException {
        stop.countDown();
        thread.join(config.longestBackOff());
    }

    @Override
    public void run() {
        try {
            var pause = LOOK_EVERY;
            while (!stop.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                progress.begins();
                try {
                    var full = begin();
                    sweep.whenDue();
                    progress.well();
                    pause = full ? LOOK_AGAIN : LOOK_EVERY;
                } catch (SQLException | RuntimeException e) {
                    progress.failed(e.toString());
                    pause = config.longestBackOff();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * @return whether more may be due than there was room for
     */
    private boolean begin() throws SQLException {
        var free = room.availablePermits();
        if (free == 0) {
            return true;
        }
        var leased = reactions.parked().lease(reactions.name(), free, config.lease());
        for (var due : leased) {
            room.acquireUninterruptibly();
            Thread.ofVirtual().start(() -> retry(due));
        }
        return leased.size() == free;
    }

    private void retry(Parked parked) {
        try {
            now(parked);
        } catch (SQLException e) {
            LOG.debugf(e, "%s is tried when its lease has ended", parked.matter());
        } finally {
            room.release();
        }
    }

    /**
     * What trying a parked matter again has led to.
     *
     * @param events how many of the stream's events were gone through
     * @param reason why it is still parked; null where it is free
     */
    record Outcome(long events, @Nullable String reason) {}

    /** Reacts to a parked matter's events from where it stopped, once. */
    Outcome now(Parked parked) throws SQLException {
        var stream = parked.matter().stream();
        var place = parked.since() - 1;
        while (place < parked.until()) {
            var above = place;
            var page =
                    reactions
                            .transactions()
                            .single(s -> EventRows.of(s, stream, above, parked.until(), PAGE));
            if (page.isEmpty()) {
                break;
            }
            var stopped = react(parked.matter(), page);
            if (stopped.isPresent()) {
                park(parked, stopped.get());
                var gone = stopped.get().since().version() - parked.since();
                return new Outcome(gone, stopped.get().reason());
            }
            place = page.getLast().version();
        }
        reactions.parked().settle(reactions.name(), parked.matter(), parked.until());
        return new Outcome(parked.until() - parked.since() + 1, null);
    }

    private Optional<ParkedMatters.Stop> react(Matter matter, List<RecordedEvent> page) {
        var recorded =
                page.stream()
                        .filter(event -> reactions.types().contains(event.event().type()))
                        .filter(event -> reactions.matter(event.event()).equals(matter))
                        .toList();
        if (recorded.isEmpty()) {
            return Optional.empty();
        }
        var changed = recorded.stream().filter(e -> !reactions.keys().isIntact(e)).findFirst();
        if (changed.isPresent()) {
            var place = new Place(matter, changed.get().version());
            return Optional.of(
                    new ParkedMatters.Stop(place, place.version(), NOT_AS_WRITTEN, null));
        }
        var course = reactions.course(matter, recorded.stream().map(RecordedEvent::event).toList());
        course.stop();
        course.run();
        return course.stands();
    }

    private void park(Parked parked, ParkedMatters.Stop stop) throws SQLException {
        var attempts = parked.attempts() + 1;
        var first = stop.retryIn();
        var next =
                first == null
                        ? null
                        : new Backoff(first, config.longestRetry()).after(attempts + 1);
        var again =
                new ParkedMatters.Stop(
                        stop.since(), Math.max(stop.until(), parked.until()), stop.reason(), next);
        reactions.parked().park(reactions.name(), List.of(again), attempts);
    }
}
