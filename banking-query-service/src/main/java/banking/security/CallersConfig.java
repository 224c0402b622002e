package banking.security;

import io.smallrye.config.ConfigMapping;
import java.util.Map;
import java.util.Set;

/** Who may call, by name; nobody where nothing is configured. */
@ConfigMapping(prefix = "bank.security")
public interface CallersConfig {

    Map<String, User> users();

    /** A caller's password and roles. */
    interface User {

        String password();

        Set<String> roles();
    }
}
