package banking.seal;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** The bounds of the sealer. */
@ConfigMapping(prefix = "bank.seals")
public interface SealsConfig {

    /** How often what is new is sealed, or "off" where other processes do. */
    @WithDefault("5s")
    String every();

    /** What seals are signed with. */
    Path keyFile();

    /** Where seals are put as files, too; nowhere where it is not set. */
    Optional<Path> directory();

    /** How many leaves a seal has at the most. */
    @WithDefault("4096")
    int leaves();

    /** How many seals are made, put elsewhere or brought back in one turn. */
    @WithDefault("50")
    int sealsATurn();

    /** For how long one process alone seals; another one takes over from one that is gone. */
    @WithDefault("15s")
    Duration lease();
}
