package banking.projection;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** How projections read their topics. */
@ConfigMapping(prefix = "bank.projection")
public interface ProjectionConfig {

    /** Consumer groups are called this, a dot, and the projection's name. */
    @WithDefault("banking-query")
    String group();

    /**
     * Names this process within the group for as long as it may come back, so that one that was
     * killed takes its partitions up again at once. No two processes may share a name; without one,
     * those of a killed process wait for {@link #sessionTimeout}.
     */
    Optional<String> instance();

    /** How long a silent process keeps its partitions. */
    @WithDefault("6s")
    Duration sessionTimeout();

    /** The most records in one batch, hence in one transaction. */
    @WithDefault("2000")
    int maxBatch();

    /** How long to wait for records before looking round; new ones end the wait. */
    @WithDefault("500ms")
    Duration pollTimeout();

    /** The first pause after a failure; each further failure doubles it. */
    @WithDefault("50ms")
    Duration minBackoff();

    @WithDefault("5s")
    Duration maxBackoff();

    /** How long a stopping process may take to finish the batch in hand. */
    @WithDefault("10s")
    Duration stopTimeout();

    /** How long to wait for Kafka to say where the topics end. */
    @WithDefault("1s")
    Duration logEndTimeout();

    /** How long a query waits for the version that it asks for. */
    @WithDefault("2s")
    Duration versionTimeout();

    /** How often a waiting query looks at the view itself, which another process may write. */
    @WithDefault("50ms")
    Duration versionPoll();

    /** How many queries may wait at a time. */
    @WithDefault("1000")
    int maxWaiting();
}
