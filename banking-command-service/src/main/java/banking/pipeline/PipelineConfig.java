package banking.pipeline;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** The bounds of the pipeline. */
@ConfigMapping(prefix = "bank.pipeline")
public interface PipelineConfig {

    /**
     * How many batches of this process may be in a transaction at once; one thread each. More lanes
     * make smaller batches: on two cores one lane was the fastest.
     */
    @WithDefault("1")
    int lanes();

    /** How many commands may wait in one lane; beyond, they are refused as overloaded. */
    @WithDefault("4096")
    int queueCapacity();

    /** How many commands share one transaction at the most. */
    @WithDefault("256")
    int batchSize();

    /**
     * For how long a command is tried again whose stream another transaction holds, or whose batch
     * the database has failed. Longer than a dead process can hold a lock.
     */
    @WithDefault("3s")
    Duration patience();

    /** How many such commands' transactions may be under way at once, beside those of the lanes. */
    @WithDefault("4")
    int sideTransactions();
}
