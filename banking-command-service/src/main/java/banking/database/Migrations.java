package banking.database;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.AgroalConnectionFactoryConfiguration;
import io.agroal.api.configuration.AgroalDataSourceConfiguration;
import io.agroal.api.configuration.AgroalDataSourceConfiguration.DataSourceImplementation;
import io.agroal.api.configuration.supplier.AgroalConnectionFactoryConfigurationSupplier;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.pool.DataSource;
import io.quarkus.flyway.FlywayConfigurationCustomizer;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/**
 * Gives migrations sessions of their own: a large table takes longer to change than any statement
 * of the service may take. At their end the database is asked whether it counts as this program
 * does.
 */
@ApplicationScoped
class Migrations implements FlywayConfigurationCustomizer {

    /** More than Flyway has at any time. */
    private static final int SESSIONS = 10;

    /**
     * A statement has an hour, and with it the transaction that holds Flyway's lock meanwhile. What
     * waits for a table's lock makes all wait that come after it, so that is over soon; the next
     * start tries again. The socket's bound lies above the server's.
     */
    private static final Map<String, String> BOUNDS =
            Map.of(
                    "options",
                    "-c lock_timeout=10s -c statement_timeout=1h"
                            + " -c idle_in_transaction_session_timeout=1h",
                    "socketTimeout",
                    "3610");

    /** Who configures another address or role for Flyway says there how long it may take. */
    @Override
    public void customize(FluentConfiguration flyway) {
        if (flyway.getDataSource() instanceof AgroalDataSource pool) {
            flyway.dataSource(new DataSource(sessions(pool.getConfiguration()).get()));
        }
        flyway.callbacks(new StoredCurrencies());
    }

    private static AgroalDataSourceConfigurationSupplier sessions(
            AgroalDataSourceConfiguration pool) {
        var factory = bounded(pool.connectionPoolConfiguration().connectionFactoryConfiguration());
        return new AgroalDataSourceConfigurationSupplier()
                .dataSourceImplementation(DataSourceImplementation.AGROAL_POOLLESS)
                .connectionPoolConfiguration(
                        own -> own.maxSize(SESSIONS).connectionFactoryConfiguration(factory));
    }

    /** As the pool connects, but for the bounds. */
    private static AgroalConnectionFactoryConfigurationSupplier bounded(
            AgroalConnectionFactoryConfiguration pooled) {
        var own =
                new AgroalConnectionFactoryConfigurationSupplier()
                        .jdbcUrl(pooled.jdbcUrl())
                        .connectionProviderClass(pooled.connectionProviderClass())
                        .principal(pooled.principal());
        pooled.securityProviders().forEach(own::addSecurityProvider);
        pooled.credentials().forEach(own::credential);
        pooled.jdbcProperties()
                .forEach((name, value) -> own.jdbcProperty(name.toString(), value.toString()));
        BOUNDS.forEach(own::jdbcProperty);
        return own;
    }
}
