package banking.database;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.AgroalDataSource.FlushMode;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.quarkus.agroal.runtime.JdbcDriver;
import io.quarkus.arc.Unremovable;
import io.quarkus.datasource.common.runtime.DatabaseKind;
import io.quarkus.jdbc.postgresql.runtime.PostgreSQLAgroalConnectionConfigurer;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.sql.SQLException;

/**
 * Keeps sessions out of the pool that are of no use any more: one that failed over more than its
 * statement, and all of them where the server or the way to it failed. The pool alone would hand
 * out one dead or read-only session after the other, each to somebody who then waits for it.
 */
@Alternative
@Priority(1)
@JdbcDriver(DatabaseKind.POSTGRESQL)
@Singleton
@Unremovable
class SoundSessions extends PostgreSQLAgroalConnectionConfigurer {

    private final Instance<AgroalDataSource> pools;

    SoundSessions(@Any Instance<AgroalDataSource> pools) {
        this.pools = pools;
    }

    @Override
    public void setExceptionSorter(
            String databaseKind, AgroalDataSourceConfigurationSupplier configuration) {
        configuration.connectionPoolConfiguration().exceptionSorter(this::isLastOf);
    }

    /** Whether the session ends with this failure; those that are in use end with their use. */
    private boolean isLastOf(SQLException failure) {
        if (DatabaseFailure.condemnsAllSessions(failure)) {
            pools.forEach(pool -> pool.flush(FlushMode.GRACEFUL));
        }
        return DatabaseFailure.condemnsSession(failure);
    }
}
