package banking.database;

import static io.agroal.api.configuration.AgroalConnectionPoolConfiguration.MultipleAcquisitionAction.STRICT;

import io.agroal.api.AgroalPoolInterceptor;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.quarkus.agroal.runtime.JdbcDriver;
import io.quarkus.arc.Unremovable;
import io.quarkus.datasource.common.runtime.DatabaseKind;
import io.quarkus.jdbc.postgresql.runtime.PostgreSQLAgroalConnectionConfigurer;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Default;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Lets the pool give no session that is of no use any more: none that failed over more than its
 * statement, and none from before the server, or the way to it, has failed anybody. By itself the
 * pool would give one dead or read-only session after the other, each to somebody who then waits
 * for it. It costs no trip, since nobody asks the sessions.
 *
 * <p>Nobody gets a second session while holding one: where as many do that as there are sessions,
 * each waits for what the others hold.
 */
@Alternative
@Priority(1)
@Default
@JdbcDriver(DatabaseKind.POSTGRESQL)
@Singleton
@Unremovable
class SoundSessions extends PostgreSQLAgroalConnectionConfigurer implements AgroalPoolInterceptor {

    /** How often the server has failed. */
    private final AtomicLong failures = new AtomicLong();

    /** How often it had when the session was made. */
    private final Map<Connection, Long> made = new ConcurrentHashMap<>();

    @Override
    public void setExceptionSorter(
            String databaseKind, AgroalDataSourceConfigurationSupplier configuration) {
        configuration
                .connectionPoolConfiguration()
                .exceptionSorter(this::isLastOf)
                .connectionValidator(this::isSound)
                .validateOnBorrow(true)
                .multipleAcquisition(STRICT);
    }

    @Override
    public void onConnectionCreate(Connection session) {
        made.put(raw(session), failures.get());
    }

    @Override
    public void onConnectionDestroy(Connection session) {
        made.remove(raw(session));
    }

    private boolean isSound(Connection session) {
        return made.getOrDefault(raw(session), -1L) == failures.get();
    }

    /** Whether the session ends with this failure. */
    private boolean isLastOf(SQLException failure) {
        if (DatabaseFailure.condemnsAllSessions(failure)) {
            failures.incrementAndGet();
        }
        return DatabaseFailure.condemnsSession(failure);
    }

    private static Connection raw(Connection session) {
        try {
            return session.unwrap(Connection.class);
        } catch (SQLException e) {
            throw new IllegalStateException("a session has no connection", e);
        }
    }
}
