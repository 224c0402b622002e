package banking.database;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jboss.logging.Logger;

/**
 * Brings the tables up to date before anything else of the service starts, or waits for somebody
 * who does, where this process's role may not. A database that is away, or goes away meanwhile, is
 * waited for as well: what starts together may start in any order.
 */
@ApplicationScoped
class Migrations {

    private static final Logger LOG = Logger.getLogger(Migrations.class);

    private static final int BEFORE_ALL_ELSE = Integer.MIN_VALUE;

    /** The class of SQLSTATE of a script that this database cannot run, now or later. */
    private static final String OF_THE_STATEMENT = "42";

    /** The grants come last. */
    private static final String NOT_GRANTED_YET = "42501";

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    void prepare(
            @Observes @Priority(BEFORE_ALL_ELSE) StartupEvent event,
            Flyway flyway,
            @ConfigProperty(name = "bank.database.migrate") boolean mayMigrate) {
        if (mayMigrate) {
            migrate(flyway, PATIENCE);
        } else {
            awaitMigrated(flyway, PATIENCE);
        }
    }

    /**
     * @throws FlywayException when a migration fails, or the database stays away
     */
    static void migrate(Flyway flyway, Duration patience) {
        patiently(
                flyway::migrate,
                e -> DatabaseFailure.mayPass(e) && !DatabaseFailure.is(OF_THE_STATEMENT, e),
                patience);
    }

    /**
     * Newer migrations than this program's are let be: it may be the one that is on its way out.
     *
     * @throws FlywayException when nobody migrates meanwhile, or to something else
     */
    static void awaitMigrated(Flyway flyway, Duration patience) {
        patiently(
                () -> {
                    if (flyway.info().pending().length > 0) {
                        throw new PendingException();
                    }
                    flyway.validate();
                },
                e ->
                        e instanceof PendingException
                                || DatabaseFailure.is(NOT_GRANTED_YET, e)
                                || (DatabaseFailure.mayPass(e)
                                        && !DatabaseFailure.is(OF_THE_STATEMENT, e)),
                patience);
    }

    private static final class PendingException extends FlywayException {

        PendingException() {
            super("not all migrations have been made");
        }
    }

    private static void patiently(
            Runnable step, Predicate<FlywayException> mayPass, Duration patience) {
        var deadline = System.nanoTime() + patience.toNanos();
        var isKnown = false;
        while (true) {
            try {
                step.run();
                return;
            } catch (FlywayException e) {
                if (!mayPass.test(e) || System.nanoTime() > deadline) {
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
