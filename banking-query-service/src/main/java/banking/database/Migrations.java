package banking.database;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jboss.logging.Logger;

/**
 * Brings the tables up to date before anything else of the service starts. A database that is away,
 * or goes away meanwhile, is waited for: what starts together may start in any order.
 */
@ApplicationScoped
class Migrations {

    private static final Logger LOG = Logger.getLogger(Migrations.class);

    private static final int BEFORE_ALL_ELSE = Integer.MIN_VALUE;

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    void migrate(@Observes @Priority(BEFORE_ALL_ELSE) StartupEvent event, Flyway flyway) {
        migrate(flyway, PATIENCE);
    }

    /**
     * @throws FlywayException when a migration fails, or the database stays away
     */
    static void migrate(Flyway flyway, Duration patience) {
        var deadline = System.nanoTime() + patience.toNanos();
        var isKnown = false;
        while (true) {
            try {
                flyway.migrate();
                return;
            } catch (FlywayException e) {
                if (!DatabaseFailure.mayPass(e) || System.nanoTime() > deadline) {
                    throw e;
                }
                if (!isKnown) {
                    LOG.warnf("waiting for the database, for %s at most: %s", patience, e);
                    isKnown = true;
                }
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
    }
}
