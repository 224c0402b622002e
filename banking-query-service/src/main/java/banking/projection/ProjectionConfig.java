package banking.projection;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** The bounds of projections and of those who wait for them. */
@ConfigMapping(prefix = "bank.projection")
public interface ProjectionConfig {

    /** The first pause after a failure; each further failure doubles it. */
    @WithDefault("50ms")
    Duration minBackoff();

    @WithDefault("5s")
    Duration maxBackoff();

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
