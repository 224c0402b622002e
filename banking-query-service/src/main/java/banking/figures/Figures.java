package banking.figures;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Figures that a thread of their own reads again and again. A reading that fails or hangs leaves
 * them as they were, only older: their age is the metric {@code bank.figures.age}, in seconds.
 */
public final class Figures<T> {

    private static final Logger LOG = Logger.getLogger(Figures.class);

    @FunctionalInterface
    public interface Reading<T> {
        T read() throws Exception;
    }

    /**
     * @param asOf when their reading began: what had happened by then is in them
     */
    public record Snapshot<T>(T figures, Instant asOf) {}

    private final String name;
    private final Duration every;
    private final Reading<T> reading;
    private final CountDownLatch stop = new CountDownLatch(1);
    private volatile @Nullable Snapshot<T> latest;
    private volatile long readAt = System.nanoTime();
    private volatile @Nullable Exception failure;

    public Figures(String name, Duration every, Reading<T> reading, MeterRegistry registry) {
        this.name = name;
        this.every = every;
        this.reading = reading;
        TimeGauge.builder("bank.figures.age", this, TimeUnit.NANOSECONDS, f -> f.age().toNanos())
                .description("How old the figures are that metrics and health checks show")
                .tag("figures", name)
                .strongReference(true)
                .register(registry);
    }

    public void start() {
        Thread.ofVirtual().name("figures-" + name).start(this::run);
    }

    public void stop() {
        stop.countDown();
    }

    private void run() {
        try {
            do {
                read();
            } while (!stop.await(every.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void read() throws InterruptedException {
        var asOf = Instant.now();
        long begun = System.nanoTime();
        try {
            latest = new Snapshot<>(reading.read(), asOf);
            readAt = begun;
            failure = null;
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            LOG.debugf(e, "the figures %s cannot be read", name);
            failure = e;
        }
    }

    public @Nullable Snapshot<T> latest() {
        return latest;
    }

    /** Since they were read, or since the start where they never were. */
    public Duration age() {
        return Duration.ofNanos(System.nanoTime() - readAt);
    }

    /** Why they could not be read the last time; null when they could, or the reading hangs. */
    public @Nullable Exception failure() {
        return failure;
    }
}
