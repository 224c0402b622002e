package banking.projection;

import java.time.Duration;

/** Pauses that double from failure to failure, up to a bound. */
final class Backoff {

    private final Duration max;
    private Duration next;

    Backoff(Duration min, Duration max) {
        this.max = max;
        this.next = min;
    }

    Duration next() {
        var pause = next;
        var doubled = next.multipliedBy(2);
        next = doubled.compareTo(max) < 0 ? doubled : max;
        return pause;
    }
}
