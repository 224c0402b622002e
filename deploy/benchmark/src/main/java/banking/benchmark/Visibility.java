package banking.benchmark;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * How long after the command's answer the query service shows what it did. One deposit at a time,
 * then one query that waits for its version: that costs next to nothing beside the load, and errs
 * on the long side by one request.
 */
final class Visibility {

    /** Spread, so that the samples do not fall in step with batches or garbage collections. */
    private static final int MAX_PAUSE_MILLIS = 30;

    private final Services services;
    private final List<String> accounts;
    private final Random random = new Random();

    /** In milliseconds. */
    record Figures(int samples, double p50, double p99, double max) {}

    Visibility(Services services, List<String> accounts) {
        this.services = services;
        this.accounts = accounts;
    }

    Figures sampleWhile(Process load) throws IOException, InterruptedException {
        List<Double> millis = new ArrayList<>();
        while (load.isAlive()) {
            String account = accounts.get(random.nextInt(accounts.size()));
            long version = services.deposit(account);
            long answered = System.nanoTime();
            services.awaitVisible(account, version);
            millis.add((System.nanoTime() - answered) / 1e6);
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
