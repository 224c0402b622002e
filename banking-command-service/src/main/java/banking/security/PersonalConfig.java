package banking.security;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;
import java.util.Optional;

/** How the names and addresses of customers are kept. */
@ConfigMapping(prefix = "bank.personal")
public interface PersonalConfig {

    /**
     * The file with the keys that the customers' keys are wrapped with: a key a line, as its id, a
     * space and 32 bytes in Base64, of which the first wraps. Both services need it.
     */
    Optional<Path> masterKeys();
}
