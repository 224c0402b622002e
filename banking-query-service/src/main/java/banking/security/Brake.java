package banking.security;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Map.Entry;

/**
 * Slows down who guesses passwords: for each name an address has a few tries at once, and then one
 * every few seconds. Nobody is locked out for ever, and no address holds up another.
 */
final class Brake {

    static final int TRIES_AT_ONCE = 10;
    static final Duration NEXT_TRY_AFTER = Duration.ofSeconds(6);

    /** Of those who have guessed wrong, the longest quiet are forgotten beyond this many. */
    static final int MOST_GUESSERS = 10_000;

    private static final long STEP = NEXT_TRY_AFTER.toNanos();

    /**
     * @param name one that we know, or the same for all that we do not
     */
    record Guesser(String name, String address) {}

    /** When all wrong guesses are forgiven, one after the other, in nanoseconds. */
    private final Map<Guesser, Long> forgiven =
            new LinkedHashMap<>() {
                @Override
                protected boolean removeEldestEntry(Entry<Guesser, Long> eldest) {
                    return size() > MOST_GUESSERS;
                }
            };

    private volatile long onUntil;

    /**
     * @param now as {@link System#nanoTime()} has it, as for all that follow
     */
    Brake(long now) {
        onUntil = now;
    }

    /** Whether anybody has to wait; costs nothing, as all who come pass here. */
    boolean isOn(long now) {
        return onUntil - now > 0;
    }

    /** For how long the guesser has to wait; zero or less for not at all. */
    synchronized Duration wait(Guesser guesser, long now) {
        var until = forgiven.getOrDefault(guesser, now);
        return Duration.ofNanos(until - now - (TRIES_AT_ONCE - 1) * STEP);
    }

    synchronized void guessedWrong(Guesser guesser, long now) {
        // Taken out first, so that those who guess on stay the youngest.
        var before = forgiven.remove(guesser);
        var until = (before == null || before - now < 0 ? now : before) + STEP;
        forgiven.put(guesser, until);
        var waitsUntil = until - (TRIES_AT_ONCE - 1) * STEP;
        if (waitsUntil - onUntil > 0) {
            onUntil = waitsUntil;
        }
    }

    synchronized int guessers() {
        return forgiven.size();
    }
}
