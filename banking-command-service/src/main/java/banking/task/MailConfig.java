package banking.task;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How the bank writes e-mails; {@code quarkus.mailer} says through which server, and from whom. */
@ConfigMapping(prefix = "bank.mail")
public interface MailConfig {

    /** What stands behind the at sign of every Message-ID; it never changes. */
    @WithDefault("bank.localhost")
    String messageIdDomain();

    /** How long a mail server may take to accept an e-mail before it counts as away. */
    @WithDefault("10s")
    Duration timeout();

    /**
     * How many e-mails are handed over at the same time at the most; as many as {@code
     * quarkus.mailer.max-pool-size} has connections, or less.
     */
    @WithDefault("10")
    int atOnce();
}
