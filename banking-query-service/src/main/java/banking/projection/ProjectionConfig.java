package banking.projection;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** The bounds of projections and of those who wait for them. */
@ConfigMapping(prefix = "bank.projection")
public interface ProjectionConfig {

    /** Whether this process reads the topics at all; another one then has to. */
    @WithDefault("true")
    boolean run();

    /** The first pause after a failure; each further failure doubles it. */
    @WithDefault("50ms")
    Duration minBackoff();

    @WithDefault("5s")
    Duration maxBackoff();

    /** How long nothing is read while the database does not say where to go on. */
    @WithDefault("3s")
    Duration placeTimeout();

    /** How often is looked how far the projections are. */
    @WithDefault("1s")
    Duration lookEvery();

    /**
     * For how long nothing may move that has something to read until that is reported. Longer than
     * Kafka needs to give a lost process's partitions to another.
     */
    @WithDefault("7s")
    Duration patience();

    @WithDefault("1s")
    Duration logEndTimeout();

    @WithDefault("2s")
    Duration versionTimeout();

    /** How often a waiting query looks at the view itself, which another process may write. */
    @WithDefault("50ms")
    Duration versionPoll();

    @WithDefault("1000")
    int maxWaiting();
}
