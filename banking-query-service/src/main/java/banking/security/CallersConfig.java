package banking.security;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Who may call: who has a token of the issuer, and the users, who have a name and a password.
 * Nobody where neither is configured.
 */
@ConfigMapping(prefix = "bank.security")
public interface CallersConfig {

    /** By their names. */
    Map<String, User> users();

    /** A caller's password, as bcrypt has made it unreadable, and roles. */
    interface User {

        String bcrypt();

        Set<String> roles();
    }

    /** The URL of an OpenID provider; {@code /.well-known/openid-configuration} is below it. */
    Optional<String> issuer();

    /** Nobody asks the issuer for its keys more often, whatever tokens come. */
    @WithDefault("5s")
    Duration issuerAskedEvery();

    /** What a token has to be for. */
    @WithDefault("bank-api")
    String audience();

    /** Where a token has its roles; a slash leads into an object. */
    @WithDefault("realm_access/roles")
    List<String> rolesClaims();

    /** Where the token of a customer has the customer's id. */
    @WithDefault("customer_id")
    String customerClaim();

    /**
     * What a token says it is, as its header's {@code typ} or as a claim of this name. A provider
     * that says nothing but {@code JWT} has to be allowed to.
     */
    @WithDefault("at+jwt,application/at+jwt,Bearer")
    Set<String> tokenTypes();
}
