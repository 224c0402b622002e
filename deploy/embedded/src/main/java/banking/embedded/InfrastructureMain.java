package banking.embedded;

import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * The child JVM: starts the servers, prints one line, READY with the addresses (port 0 for a server
 * that was not asked for) or FAILED with the reason, and stops the servers when it is asked to end.
 */
final class InfrastructureMain {

    static final String READY = "READY ";
    static final String FAILED = "FAILED ";

    private final Infrastructure.Settings settings;
    private volatile @Nullable EmbeddedPostgres postgres;
    private volatile @Nullable EmbeddedKafka kafka;

    private InfrastructureMain(Infrastructure.Settings settings) {
        this.settings = settings;
    }

    public static void main(String[] arguments) throws InterruptedException {
        InfrastructureMain main =
                new InfrastructureMain(Infrastructure.Settings.fromArguments(arguments));
        Runtime.getRuntime().addShutdownHook(new Thread(main::stop, "stop"));
        try {
            main.start();
        } catch (Exception e) {
            e.printStackTrace();
            System.out.println(FAILED + Objects.requireNonNullElse(e.getMessage(), e));
            System.exit(1);
        }
        // Only the shutdown hook ends this process.
        new CountDownLatch(1).await();
    }

    private void start() throws Exception {
        Directories.createPrivate(settings.logs());
        int postgresPort = 0;
        if (settings.servers() != Infrastructure.Servers.KAFKA) {
            postgresPort = orFree(settings.postgresPort());
            EmbeddedPostgres started =
                    EmbeddedPostgres.start(
                            EmbeddedPostgres.in(settings.directory()),
                            settings.log(),
                            postgresPort,
                            settings.durable());
            postgres = started;
            started.onExit(() -> System.exit(1));
        }
        int kafkaPort = 0;
        if (settings.servers() != Infrastructure.Servers.POSTGRES) {
            kafkaPort = orFree(settings.kafkaPort());
            kafka = EmbeddedKafka.start(settings.directory().resolve("kafka"), kafkaPort);
        }
        System.out.println(READY + new Addresses(postgresPort, kafkaPort, settings.directory()));
    }

    private static int orFree(int port) {
        return port == 0 ? FreePorts.next() : port;
    }

    private void stop() {
        EmbeddedKafka startedKafka = kafka;
        if (startedKafka != null) {
            startedKafka.stop();
        }
        EmbeddedPostgres startedPostgres = postgres;
        if (startedPostgres != null) {
            startedPostgres.close();
        }
        if (settings.temporary()) {
            try {
                Directories.delete(settings.directory());
            } catch (IOException e) {
                System.err.println("Not deleted: " + e);
            }
        }
    }
}
