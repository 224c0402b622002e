package banking.policy;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** The bounds of the policies. */
@ConfigMapping(prefix = "bank.policy")
public interface PolicyConfig {

    /** Whether this process runs policies at all; another one then has to. */
    @WithDefault("true")
    boolean run();

    /** Names this process among those that run the same policies; the same after a restart. */
    String instance();

    /** How many events of one policy are reacted to at the same time at the most. */
    @WithDefault("500")
    int batchSize();

    /**
     * How long after one look into its topics a policy takes the next one at the earliest. Most
     * events concern no policy; looked at in larger bundles, they cost a fraction.
     */
    @WithDefault("10ms")
    Duration pace();

    /** How long a reaction rests after its first failure; it doubles with every further one. */
    @WithDefault("100ms")
    Duration backOff();

    /** How long it rests at the most. */
    @WithDefault("5s")
    Duration longestBackOff();

    /** How long an operator's question waits for Kafka to say how far the policies are. */
    @WithDefault("2s")
    Duration positionTimeout();
}
