package banking.ledger;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How the bank watches its own books. */
@ConfigMapping(prefix = "bank.books")
public interface BooksConfig {

    /** How often they are checked, by each process; it takes reading all accounts. */
    @WithDefault("1m")
    Duration every();

    /** How long a transfer may be in transit until somebody should look into it. */
    @WithDefault("1m")
    Duration longestTransit();
}
