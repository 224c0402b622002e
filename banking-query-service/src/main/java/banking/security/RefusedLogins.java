package banking.security;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.jboss.logging.Logger;

/**
 * Reports refused logins, in the metric {@code bank.logins.refused} and in the log. A name that we
 * do not know is not logged: it may be a password in the wrong place.
 */
@Startup
@ApplicationScoped
class RefusedLogins {

    private static final Logger LOG = Logger.getLogger(RefusedLogins.class);
    private static final int MOST_LINES = 10;
    private static final Duration LINES_PER = Duration.ofSeconds(10);

    /** Why somebody was not let in. */
    enum Reason {
        NO_SUCH_NAME("wrong", "no such name"),
        WRONG_PASSWORD("wrong", "wrong password"),
        TOO_MANY_TRIES("too-many-tries", "too many tries"),
        TOO_MANY_AT_ONCE("too-many-at-once", "too many at once"),
        TOKEN("token", "the token is not valid");

        private final String tag;
        private final String words;

        Reason(String tag, String words) {
            this.tag = tag;
            this.words = words;
        }
    }

    private final Map<Reason, Counter> counters = new EnumMap<>(Reason.class);
    private long linesSince = System.nanoTime();
    private int lines;
    private int untold;

    RefusedLogins(MeterRegistry metrics) {
        for (var reason : Reason.values()) {
            counters.put(
                    reason,
                    Counter.builder("bank.logins.refused")
                            .description("Logins that were refused")
                            .tag("reason", reason.tag)
                            .register(metrics));
        }
    }

    /**
     * @param who a name that we know, or that it is none of those
     */
    void tell(Reason reason, String who, String address) {
        var counter = counters.get(reason);
        if (counter != null) {
            counter.increment();
        }
        log(reason, who, address, System.nanoTime());
    }

    private synchronized void log(Reason reason, String who, String address, long now) {
        if (now - linesSince > LINES_PER.toNanos()) {
            if (untold > 0) {
                LOG.warnf("%d more logins were refused", untold);
            }
            linesSince = now;
            lines = 0;
            untold = 0;
        }
        if (lines < MOST_LINES) {
            lines++;
            LOG.warnf("login refused, %s: %s from %s", reason.words, who, address);
        } else {
            untold++;
        }
    }
}
