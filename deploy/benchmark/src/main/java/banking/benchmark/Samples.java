package banking.benchmark;

import java.io.IOException;
import java.util.Locale;
import java.util.Random;
import org.HdrHistogram.Histogram;

/**
 * How long something takes that a caller waits for beside a load. One sample at a time costs next
 * to nothing beside the load, and errs on the long side by one request.
 */
final class Samples {

    /** Spread, so that the samples do not fall in step with batches or garbage collections. */
    private static final int MAX_PAUSE_MILLIS = 30;

    private static final int SIGNIFICANT_DIGITS = 3;
    private static final double NANOS_PER_MILLI = 1e6;

    private final Sample sample;
    private final Random random = new Random();

    /** Does it once. */
    @FunctionalInterface
    interface Sample {

        /** How long it took, in nanoseconds. */
        long nanos() throws IOException, InterruptedException;
    }

    /** In milliseconds. */
    record Figures(long samples, double p50, double p99, double max) {

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
        Histogram nanos = new Histogram(SIGNIFICANT_DIGITS);
        while (load.isAlive()) {
            nanos.recordValue(sample.nanos());
            Thread.sleep(random.nextInt(MAX_PAUSE_MILLIS));
        }
        if (nanos.getTotalCount() == 0) {
            throw new IllegalStateException("The load ended before the first sample");
        }
        return new Figures(
                nanos.getTotalCount(),
                nanos.getValueAtPercentile(50) / NANOS_PER_MILLI,
                nanos.getValueAtPercentile(99) / NANOS_PER_MILLI,
                nanos.getMaxValue() / NANOS_PER_MILLI);
    }
}
