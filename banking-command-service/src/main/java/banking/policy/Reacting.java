package banking.policy;

import banking.events.StreamId;
import banking.events.codec.WrittenEvent;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;

/**
 * A policy's reactions to one batch of events. Each stream goes its own way, one event after the
 * other, so what one of them waits for holds up no other and their commands share transactions.
 */
final class Reacting {

    private static final Logger LOG = Logger.getLogger(Reacting.class);

    private final Policy policy;
    private final Reactor reactor;
    private final ParkedStreams parkedStreams;
    private final PolicyConfig config;
    private final CountDownLatch underWay = new CountDownLatch(1);
    private final CountDownLatch abort = new CountDownLatch(1);
    private final AtomicInteger unfinished = new AtomicInteger();
    private volatile boolean complete;

    Reacting(
            Policy policy,
            Reactor reactor,
            ParkedStreams parkedStreams,
            PolicyConfig config,
            Map<StreamId, List<WrittenEvent>> events) {
        this.policy = policy;
        this.reactor = reactor;
        this.parkedStreams = parkedStreams;
        this.config = config;
        Thread.ofVirtual().name("policy-" + policy.name()).start(() -> reactToAll(events));
    }

    /**
     * @return whether everything has come to its end by now
     */
    boolean await(Duration atMost) throws InterruptedException {
        return underWay.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Begins and tries nothing more from here on, and returns when nothing is under way. */
    void abort() throws InterruptedException {
        abort.countDown();
        underWay.await();
    }

    /** Whether something was left out, so that the batch has to come again. */
    boolean isIncomplete() {
        return !complete;
    }

    private boolean isAborted() {
        return abort.getCount() == 0;
    }

    private void reactToAll(Map<StreamId, List<WrittenEvent>> events) {
        try {
            var parked = untilItPasses(() -> parkedStreams.extend(policy.name(), newest(events)));
            var threads = new ArrayList<Thread>();
            events.forEach(
                    (stream, ofStream) -> {
                        if (!parked.contains(stream)) {
                            unfinished.incrementAndGet();
                            threads.add(Thread.ofVirtual().start(() -> reactTo(ofStream)));
                        }
                    });
            for (var thread : threads) {
                thread.join();
            }
            complete = unfinished.get() == 0;
        } catch (AbortedException | InterruptedException e) {
            LOG.debugf("%s leaves a batch to whoever gets it next", policy.name());
        } finally {
            underWay.countDown();
        }
    }

    private static Map<StreamId, Long> newest(Map<StreamId, List<WrittenEvent>> events) {
        var newest = new HashMap<StreamId, Long>();
        events.forEach((stream, ofStream) -> newest.put(stream, ofStream.getLast().version()));
        return newest;
    }

    /** All of one stream's events, up to the first that the policy cannot cope with. */
    private void reactTo(List<WrittenEvent> events) {
        try {
            for (var event : events) {
                try {
                    untilItPasses(
                            () -> {
                                reactor.react(policy, event);
                                return true;
                            });
                } catch (RuntimeException e) {
                    park(event, events.getLast().version(), e);
                    break;
                }
            }
            unfinished.decrementAndGet();
        } catch (AbortedException | InterruptedException e) {
            LOG.debugf("%s leaves a stream to whoever gets it next", policy.name());
        }
    }

    private void park(WrittenEvent event, long until, RuntimeException reason)
            throws AbortedException, InterruptedException {
        LOG.errorf(reason, "%s cannot react to %s", policy.name(), event.id());
        untilItPasses(
                () -> {
                    parkedStreams.park(
                            policy.name(),
                            event.streamId(),
                            event.version(),
                            until,
                            String.valueOf(reason.getMessage()));
                    return true;
                });
    }

    private interface Step<T> {
        T take() throws SQLException, PassingException, InterruptedException;
    }

    private static final class AbortedException extends Exception {
        private static final long serialVersionUID = 1;
    }

    /** What is away may stay away for days: it is waited for, and nothing is passed over. */
    private <T> T untilItPasses(Step<T> step) throws AbortedException, InterruptedException {
        var pause = config.backOff();
        while (!isAborted()) {
            try {
                return step.take();
            } catch (SQLException | PassingException e) {
                LOG.warnf("%s tries again in %s: %s", policy.name(), pause, e);
                if (abort.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                    break;
                }
                var doubled = pause.multipliedBy(2);
                pause =
                        doubled.compareTo(config.longestBackOff()) < 0
                                ? doubled
                                : config.longestBackOff();
            }
        }
        throw new AbortedException();
    }
}
