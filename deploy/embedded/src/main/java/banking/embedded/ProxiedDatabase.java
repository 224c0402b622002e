package banking.embedded;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Lets a service under test reach its database through a {@link TcpProxy}, which a field of that
 * type in the test gets. Beside {@link BankTestResource}, with the same initialisation argument.
 */
public final class ProxiedDatabase implements QuarkusTestResourceLifecycleManager {

    private String service = "";
    private @Nullable TcpProxy proxy;

    @Override
    public void init(Map<String, String> arguments) {
        service = Objects.requireNonNull(arguments.get("service"), "command or query");
    }

    /** After the resource that names the database itself. */
    @Override
    public int order() {
        return 1;
    }

    @Override
    public Map<String, String> start() {
        Addresses direct = BankTestResource.addresses();
        TcpProxy opened = TcpProxy.open(0, direct.postgresPort());
        proxy = opened;
        Addresses proxied = new Addresses(opened.port(), direct.kafkaPort(), direct.directory());
        return Map.of("quarkus.datasource.jdbc.url", proxied.jdbcUrl(service));
    }

    @Override
    public void inject(TestInjector test) {
        test.injectIntoFields(proxy, new TestInjector.MatchesType(TcpProxy.class));
    }

    @Override
    public void stop() {
        if (proxy != null) {
            proxy.close();
        }
    }
}
