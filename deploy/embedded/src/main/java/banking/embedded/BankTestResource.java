package banking.embedded;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;

/**
 * Gives a service under test its own database, the broker and the test users. Tell it with the
 * initialisation argument {@code service} whether that is {@code command} or {@code query}.
 */
public final class BankTestResource implements QuarkusTestResourceLifecycleManager {

    private static final String ISSUER = "banking.embedded.issuer";

    /** The same for both services, and after a restart. */
    private static final String MASTER_KEY = "tests AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n";

    /** The line of the master key that there was before. */
    public static final String OLD_MASTER_KEY =
            "old ICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj8=\n";

    private static final String ADDRESSES = "banking.embedded.addresses";

    private String service = "";

    @Override
    public void init(Map<String, String> arguments) {
        service =
                Objects.requireNonNull(
                        arguments.get("service"),
                        "BankTestResource needs service=command or service=query");
    }

    @Override
    public Map<String, String> start() {
        Map<String, String> settings = new HashMap<>();
        Addresses addresses = addresses();
        settings.put("quarkus.datasource.jdbc.url", addresses.jdbcUrl(service));
        settings.put("quarkus.datasource.username", service);
        settings.put("quarkus.datasource.password", service);
        settings.put("kafka.bootstrap.servers", addresses.bootstrapServers());
        settings.putAll(LocalUsers.settings());
        settings.put("bank.security.issuer", issuer());
        settings.put("bank.personal.master-keys", masterKeys().toString());
        settings.put("bank.chain.keys-file", chainKeys().toString());
        if (service.equals("command")) {
            settings.put("bank.seals.key-file", sealKeys().toString());
        }
        return settings;
    }

    /** What the chains of this test run are made with. */
    public static Path chainKeys() {
        try {
            return LocalKeys.chain(keys());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What its seals are signed with. */
    public static Path sealKeys() {
        try {
            return LocalKeys.seals(keys());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path keys() {
        return addresses().directory().resolve("keys");
    }

    /** Nobody listens there but while a test has an issuer. */
    private static String issuer() {
        Properties shared = System.getProperties();
        synchronized (shared) {
            if (shared.getProperty(ISSUER) == null) {
                shared.setProperty(ISSUER, "http://127.0.0.1:" + FreePorts.next());
            }
            return shared.getProperty(ISSUER);
        }
    }

    private static Path masterKeys() {
        try {
            Path file = Files.createTempFile("bank-master-", ".keys");
            file.toFile().deleteOnExit();
            return Files.writeString(file, MASTER_KEY + OLD_MASTER_KEY);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {
        // The servers stay for the next application that this test run starts, and end with it.
    }

    /** The servers of this test run, for tests that look behind a service's back. */
    public static Addresses addresses() {
        // Quarkus loads this class anew for each application, but the properties are the JVM's.
        Properties shared = System.getProperties();
        synchronized (shared) {
            String known = shared.getProperty(ADDRESSES);
            if (known != null) {
                return Addresses.parse(known);
            }
            Infrastructure started =
                    Infrastructure.start(
                            Infrastructure.Settings.temporary(Infrastructure.Servers.BOTH, false));
            shared.setProperty(ADDRESSES, started.addresses().toString());
            return started.addresses();
        }
    }
}
