package banking.projection;

import banking.database.Transactions;
import banking.events.codec.MasterKeys;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;

/** For those whose events have nothing sealed: no topic is asked for keys. */
final class NoKeys {

    private NoKeys() {}

    static CustomerKeys from(Transactions transactions) {
        var config =
                new SmallRyeConfigBuilder()
                        .addDiscoveredConverters()
                        .withMapping(ProjectionConfig.class)
                        .build()
                        .getConfigMapping(ProjectionConfig.class);
        return new CustomerKeys(
                transactions,
                MasterKeys.parse("none " + "A".repeat(43) + "="),
                new KeyLog(Map.of(), transactions, config));
    }
}
