package banking.benchmark;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * How long something takes that a caller waits for beside a load. One sample at a time costs next
 * to nothing beside the load, and errs on the long side by one request.
 */
final class Samples {

    /** Spread, so that the samples do not fall in step with batches or garbage collections. */
    private static final int MAX_PAUSE_MILLIS = 30;

    private final Sample sample;
    private final Random random = new Random();

    /** Does it once. */
    @FunctionalInterface
    interface Sample {

        /** How long it took, in nanoseconds. */
        long nanos() throws IOException, InterruptedException;
    }

    /** In milliseconds. */
    record Figures(int samples, double p50, double p99, double max) {

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "p50 %.1f ms, p99 %.1f ms, at most %.1f ms (%d samples)",
                    p50,
                    p99,
                    max,
                    samples);
        }
    }

    Samples(Sample sample) {
        this.sample = sample;
    }

    Figures takeWhile(Process load) throws IOException, InterruptedException {
        List<Double> millis = new ArrayList<>();
        while (load.isAlive()) {
            millis.add(sample.nanos() / 1e6);
            Thread.sleep(random.nextInt(MAX_PAUSE_MILLIS));
        }
        if (millis.isEmpty()) {
            throw new IllegalStateException("The load ended before the first sample");
        }
        millis.sort(null);
        return new Figures(
                millis.size(),
                percentile(millis, 50),
                percentile(millis, 99),
                percentile(millis, 100));
    }

    /** The smallest value that so many percent do not exceed. */
    private static double percentile(List<Double> sorted, int percent) {
        return sorted.get(Math.max(0, Math.ceilDiv(sorted.size() * percent, 100) - 1));
    }
}
