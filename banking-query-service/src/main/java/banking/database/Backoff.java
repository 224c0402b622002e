package banking.database;

import java.time.Duration;

/** Pauses that double from failure to failure, up to a bound. */
public record Backoff(Duration first, Duration longest) {

    private static final int MAX_DOUBLINGS = 16;

    /**
     * @param failures how many there were in a row, 1 or more
     */
    public Duration after(int failures) {
        var doubled = first.multipliedBy(1L << Math.min(failures - 1, MAX_DOUBLINGS));
        return doubled.compareTo(longest) < 0 ? doubled : longest;
    }
}
