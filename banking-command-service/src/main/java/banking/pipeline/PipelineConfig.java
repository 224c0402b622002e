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

    /** How often a command is tried alone after its batch has failed. */
    @WithDefault("3")
    int attempts();

    /** How long a failed batch may take to be tried again, all its commands together. */
    @WithDefault("10s")
    Duration retryBudget();
}
