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

    /**
     * How long a batch waits for its reactions; those that take longer, or fail for as long, are
     * parked and tried apart, and the others go on.
     */
    @WithDefault("500ms")
    Duration patience();

    /**
     * How many reactions may be under way at the same time, those that were parked meanwhile among
     * them.
     */
    @WithDefault("2000")
    int atOnce();

    /** How long a reaction rests after its first failure; it doubles with every further one. */
    @WithDefault("100ms")
    Duration backOff();

    /** How long it rests at the most, in its batch or while the database or Kafka is away. */
    @WithDefault("5s")
    Duration longestBackOff();

    /** How long a parked one rests at the most. */
    @WithDefault("1m")
    Duration longestRetry();

    /** How many parked matters are tried again at the same time. */
    @WithDefault("100")
    int retriesAtOnce();

    /**
     * How long nobody else tries what is being tried; longer than a try takes at the most, which is
     * an e-mail's.
     */
    @WithDefault("1m")
    Duration lease();

    /** How often the journal is looked through for events that no reaction has followed. */
    @WithDefault("10s")
    Duration sweepEvery();

    /**
     * How old such an event has to be: longer than Kafka and a batch take, and than the clocks of
     * two processes differ.
     */
    @WithDefault("30s")
    Duration overdueAfter();

    /** How long an operator's question waits for Kafka to say how far the policies are. */
    @WithDefault("2s")
    Duration positionTimeout();
}
