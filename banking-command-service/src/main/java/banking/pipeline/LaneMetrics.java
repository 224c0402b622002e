package banking.pipeline;

import banking.figures.Buckets;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

/** How full one lane is, and what its transactions come to. */
final class LaneMetrics {

    private final DistributionSummary batchSize;
    private final Timer commitDuration;

    /**
     * @param length how many commands wait
     * @param capacity how many may
     */
    LaneMetrics(String lane, IntSupplier length, int capacity, MeterRegistry registry) {
        Gauge.builder("bank.command.queue.length", length::getAsInt)
                .description("Commands that wait")
                .tag("lane", lane)
                .strongReference(true)
                .register(registry);
        Gauge.builder("bank.command.queue.capacity", () -> capacity)
                .description("Commands that may wait before more are refused")
                .tag("lane", lane)
                .strongReference(true)
                .register(registry);
        batchSize =
                DistributionSummary.builder("bank.command.batch.size")
                        .description("Commands that shared a transaction")
                        .tag("lane", lane)
                        .serviceLevelObjectives(Buckets.ofCommands())
                        .register(registry);
        commitDuration =
                Timer.builder("bank.command.commit.duration")
                        .description("A transaction, from its begin to its end")
                        .tag("lane", lane)
                        .serviceLevelObjectives(Buckets.ofCommits())
                        .register(registry);
    }

    /**
     * @param length how many commands in bulk wait
     */
    static void ofBulks(String lane, IntSupplier length, MeterRegistry registry) {
        Gauge.builder("bank.command.queue.bulk", length::getAsInt)
                .description("Commands in bulk that wait, in a row of the same capacity")
                .tag("lane", lane)
                .strongReference(true)
                .register(registry);
    }

    /**
     * @param begun when the transaction began, as {@link System#nanoTime} has it
     */
    void committed(int commands, long begun) {
        batchSize.record(commands);
        commitDuration.record(System.nanoTime() - begun, TimeUnit.NANOSECONDS);
    }
}
