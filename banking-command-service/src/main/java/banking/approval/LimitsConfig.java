package banking.approval;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** What one pair of eyes may not do alone. */
@ConfigMapping(prefix = "bank.limits")
public interface LimitsConfig {

    /** The commands that wait, of those that can. */
    Optional<Set<String>> fourEyes();

    /** Whose do, by their roles. */
    @WithDefault("teller,supervisor")
    Set<String> fourEyesOf();

    /** For how long somebody may decide. */
    @WithDefault("7d")
    Duration decidedWithin();
}
