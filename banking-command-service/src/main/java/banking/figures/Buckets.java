package banking.figures;

import java.time.Duration;
import java.util.stream.Stream;

/** Up to where histograms count. Each is a series for each label, so there are few. */
public final class Buckets {

    private Buckets() {}

    /** For what a caller waits for. */
    public static Duration[] ofAnswers() {
        return millis(5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000);
    }

    /** For what callers wait for together. */
    public static Duration[] ofCommits() {
        return millis(1, 2, 5, 10, 25, 50, 100, 250, 1000, 2500);
    }

    /** For what comes after the answer, until a view shows it. */
    public static Duration[] ofDelays() {
        return millis(10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 30_000);
    }

    /** For how many commands are committed together. */
    public static double[] ofCommands() {
        return new double[] {1, 2, 4, 8, 16, 32, 64, 128, 256};
    }

    /** For how many events are taken together. */
    public static double[] ofEvents() {
        return new double[] {1, 4, 16, 64, 256, 1024, 4096};
    }

    private static Duration[] millis(Integer... millis) {
        return Stream.of(millis).map(Duration::ofMillis).toArray(Duration[]::new);
    }
}
