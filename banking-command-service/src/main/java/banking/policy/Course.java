package banking.policy;

import banking.events.codec.WrittenEvent;
import banking.policy.ParkedMatters.Place;
import banking.policy.ParkedMatters.Stop;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The reactions to one matter's events of a batch, one after the other, up to the first that cannot
 * be. It ends by itself: every try of a reaction has a bound, and it is tried again only until it
 * is told to stop.
 */
final class Course implements Runnable {

    private static final Logger LOG = Logger.getLogger(Course.class);

    private final Policy policy;
    private final Reactor reactor;
    private final PolicyMetrics metrics;
    private final PolicyConfig config;
    private final Matter matter;
    private final List<WrittenEvent> events;
    private final CountDownLatch stop = new CountDownLatch(1);

    private final CountDownLatch ended = new CountDownLatch(1);

    /** Where it stands; empty once all is reacted to. */
    private volatile Optional<Stop> stands;

    Course(
            Policy policy,
            Reactor reactor,
            PolicyMetrics metrics,
            PolicyConfig config,
            Matter matter,
            List<WrittenEvent> events) {
        this.policy = policy;
        this.reactor = reactor;
        this.metrics = metrics;
        this.config = config;
        this.matter = matter;
        this.events = events;
        // Should its try come through after all, then the next finds it done.
        stands = Optional.of(stop(events.getFirst(), "It takes long.", config.lease()));
    }

    Matter matter() {
        return matter;
    }

    long lastVersion() {
        return events.getLast().version();
    }

    /** Tries nothing again from here on. */
    void stop() {
        stop.countDown();
    }

    /** Where it has stopped, or stands while it is under way; empty once all is reacted to. */
    Optional<Stop> stands() {
        return stands;
    }

    /** Whether this event, as it is written, is all that it is about. */
    boolean isOf(WrittenEvent event) {
        return events.equals(List.of(event));
    }

    /** Whether it is under way, or all is reacted to. */
    boolean mayEndWell() {
        return !hasEnded() || stands.isEmpty();
    }

    boolean hasEnded() {
        return ended.getCount() == 0;
    }

    /** Returns when nothing more is done, or the time has come. */
    void await(Duration atMost) throws InterruptedException {
        if (!ended.await(atMost.toNanos(), TimeUnit.NANOSECONDS)) {
            LOG.tracef("%s takes long", matter);
        }
    }

    @Override
    public void run() {
        try {
            var stop = Optional.<Stop>empty();
            for (var next = events.iterator(); stop.isEmpty() && next.hasNext(); ) {
                stop = react(next.next());
            }
            stands = stop;
        } finally {
            ended.countDown();
        }
    }

    /**
     * @return why it could not be; empty where it was
     */
    private Optional<Stop> react(WrittenEvent event) {
        var pause = config.backOff();
        while (true) {
            try {
                reactor.react(policy, event);
                metrics.done().increment();
                return Optional.empty();
            } catch (PassingException e) {
                metrics.again().increment();
                stands = Optional.of(stop(event, String.valueOf(e.getMessage()), pause));
                if (isStoppedWithin(pause)) {
                    return stands;
                }
                pause = pause.multipliedBy(2);
            } catch (RefusedException e) {
                metrics.refused().increment();
                return Optional.of(
                        stop(event, String.valueOf(e.getMessage()), config.longestBackOff()));
            } catch (RuntimeException e) {
                metrics.failed().increment();
                LOG.errorf(e, "%s cannot react to %s", policy.name(), event.id());
                return Optional.of(stop(event, String.valueOf(e.getMessage()), null));
            } catch (InterruptedException e) {
                return Optional.of(stop(event, "It was interrupted.", pause));
            }
        }
    }

    private boolean isStoppedWithin(Duration pause) {
        try {
            return stop.await(pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            return true;
        }
    }

    private Stop stop(WrittenEvent event, String reason, @Nullable Duration retryIn) {
        return new Stop(
                new Place(matter, event.version()), events.getLast().version(), reason, retryIn);
    }
}
