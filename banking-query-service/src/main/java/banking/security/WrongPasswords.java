package banking.security;

import banking.http.UnknownCallers;
import banking.security.Brake.Guesser;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.security.identity.request.AuthenticationRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Reports refused logins, in the metric {@code bank.logins.refused} and in the log, and makes who
 * guesses wait. A name that we do not know is not logged: it may be a password in the wrong place.
 */
@ApplicationScoped
class WrongPasswords {

    private static final Logger LOG = Logger.getLogger(WrongPasswords.class);
    private static final String NO_NAME_OF_OURS = "somebody";
    private static final int MOST_LINES = 10;
    private static final Duration LINES_PER = Duration.ofSeconds(10);

    private final Brake brake = new Brake(System.nanoTime());
    private final Counter wrong;
    private final Counter tooMany;
    private long linesSince = System.nanoTime();
    private int lines;
    private int untold;

    WrongPasswords(MeterRegistry metrics) {
        wrong = counter("wrong", metrics);
        tooMany = counter("too-many-tries", metrics);
    }

    private static Counter counter(String reason, MeterRegistry metrics) {
        return Counter.builder("bank.logins.refused")
                .description("Logins that were refused")
                .tag("reason", reason)
                .register(metrics);
    }

    /**
     * For how long a login has to wait because of wrong ones before it; zero for not at all.
     *
     * @param name null for one that we do not know: all of those count together
     */
    Duration wait(@Nullable String name, AuthenticationRequest login) {
        var now = System.nanoTime();
        if (!brake.isOn(now)) {
            return Duration.ZERO;
        }
        var guesser = guesser(name, login);
        var wait = brake.wait(guesser, now);
        if (!wait.isPositive()) {
            return Duration.ZERO;
        }
        tooMany.increment();
        log("too many tries", guesser, now);
        return wait;
    }

    /** Tells of a login whose name or password was wrong. */
    void refused(@Nullable String name, AuthenticationRequest login) {
        var now = System.nanoTime();
        var guesser = guesser(name, login);
        brake.guessedWrong(guesser, now);
        wrong.increment();
        log(name == null ? "no such name" : "wrong password", guesser, now);
    }

    private static Guesser guesser(@Nullable String name, AuthenticationRequest login) {
        return new Guesser(name == null ? NO_NAME_OF_OURS : name, UnknownCallers.address(login));
    }

    private synchronized void log(String why, Guesser guesser, long now) {
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
            LOG.warnf("login refused, %s: %s from %s", why, guesser.name(), guesser.address());
        } else {
            untold++;
        }
    }
}
