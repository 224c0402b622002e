package banking.outbox;

import java.time.Duration;
import java.time.Instant;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * That somebody does not get on, and why: told in one line when it begins, and in one at its end.
 */
final class Standstill {

    private static final Logger LOG = Logger.getLogger(Standstill.class);

    private record Fault(String reason, Instant since) {}

    private final String who;
    private volatile @Nullable Fault fault;

    Standstill(String who) {
        this.who = who;
    }

    /**
     * @param unexpected what to look into; null where the reason says all
     */
    void because(String reason, @Nullable Throwable unexpected) {
        var before = fault;
        if (before == null) {
            LOG.errorf(unexpected, "%s stands still: %s", who, reason);
        }
        fault = new Fault(reason, before == null ? Instant.now() : before.since());
    }

    void over() {
        if (fault != null) {
            LOG.infof("%s goes on after %.1f s", who, seconds());
            fault = null;
        }
    }

    /** Null for one that gets on. */
    @Nullable String reason() {
        var current = fault;
        return current == null ? null : current.reason();
    }

    /** For how long; 0 for one that gets on. */
    double seconds() {
        var current = fault;
        return current == null
                ? 0
                : Duration.between(current.since(), Instant.now()).toNanos() / 1e9;
    }
}
