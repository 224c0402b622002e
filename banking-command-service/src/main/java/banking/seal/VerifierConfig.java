package banking.seal;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How fast what is kept is looked through. */
@ConfigMapping(prefix = "bank.verifier")
public interface VerifierConfig {

    /** How often it is looked which walks are to go on, or "off" where other processes do. */
    @WithDefault("1s")
    String every();

    /** How many events a walk looks at before it pauses. */
    @WithDefault("500")
    int pace();

    /** How long a walk pauses that nobody waits for. */
    @WithDefault("1s")
    Duration pause();

    /** How long a walk that has come to its end waits before it begins again. */
    @WithDefault("1m")
    Duration restBetweenRounds();
}
