package banking.launcher;

import banking.embedded.Addresses;
import banking.embedded.ClassPath;
import banking.embedded.Infrastructure;
import banking.embedded.Infrastructure.Servers;
import banking.embedded.LocalKeys;
import banking.embedded.MailServer;
import banking.embedded.StartFailure;
import banking.embedded.Topics;
import banking.issuer.Issuer;
import banking.issuer.Keycloak;
import banking.issuer.LocalIssuer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * What the services need: PostgreSQL and Kafka, each a process of its own, and a mail server and an
 * issuer of tokens in this process. Closing it, or the end of this process, ends them all.
 */
final class LocalServers implements AutoCloseable {

    private final BankDirectory directory;
    private final External external;
    private final Addresses addresses;
    private final List<Path> classPath;
    private final Progress progress;
    private final ServerProcess postgres;
    private final ServerProcess kafka;
    private final MailServer mail;
    private final Issuer issuer;
    private final Opened opened;

    private LocalServers(BankSettings settings, BankDirectory directory, Progress progress)
            throws IOException {
        this.directory = directory;
        this.progress = progress;
        opened = new Opened(directory, failure -> progress.reached("Not closed: " + failure));
        external = settings.external();
        ServerPorts ports = settings.ports().chosen();
        addresses = new Addresses(ports.postgres(), ports.kafka(), directory.path());
        classPath = ClassPath.copiedInto(directory.run());
        postgres = server(Servers.POSTGRES);
        kafka = server(Servers.KAFKA);
        mail = new MailServer(directory.mails(), ports.mail());
        LocalKeys.chain(directory.keys());
        LocalKeys.seals(directory.keys());
        LocalKeys.master(directory.keys());
        issuer =
                Keycloak.directory()
                        .<Issuer>map(
                                unpacked ->
                                        new Keycloak(
                                                unpacked,
                                                ports.issuer(),
                                                directory.logs().resolve("keycloak.log"),
                                                directory::remember))
                        .orElseGet(() -> new LocalIssuer(directory.issuer(), ports.issuer()));
    }

    /**
     * Takes the data folder, but starts nothing yet.
     *
     * @throws StartFailure when the folder or a port is not to be had
     */
    static LocalServers open(BankSettings settings, Progress progress) {
        BankDirectory directory =
                BankDirectory.open(
                        settings.directory(), settings.fresh(), BankDirectory.NEEDED_BYTES);
        try {
            settings.requireFreePorts();
            return new LocalServers(settings, directory, progress);
        } catch (StartFailure e) {
            directory.close();
            throw e;
        } catch (IOException e) {
            directory.close();
            throw uncopied(directory, e);
        }
    }

    static StartFailure uncopied(BankDirectory directory, IOException e) {
        return new StartFailure("Cannot copy what is to run into " + directory.run() + ": " + e, e);
    }

    /**
     * Returns when all of them are ready.
     *
     * @throws StartFailure when one does not start; then nothing is left running
     * @throws CancellationException when they were closed meanwhile
     */
    void start() {
        opened.orClosed(this::startAll);
    }

    /** PostgreSQL and Kafka do not need each other, so they start side by side. */
    private void startAll() {
        boolean needsKafka = external.kafka().isEmpty();
        if (external.needsPostgres()) {
            opened.server(postgres, postgres::start);
        }
        if (needsKafka) {
            opened.server(kafka, kafka::start);
        }
        if (external.needsPostgres()) {
            awaitReady(postgres);
            progress.reached("PostgreSQL ready on port " + addresses.postgresPort());
        }
        if (needsKafka) {
            awaitReady(kafka);
        }
        external.kafka().ifPresent(Topics::create);
        progress.reached("Kafka ready on " + bootstrapServers());
        if (external.mail().isEmpty()) {
            opened.server(mail, mail::start);
            progress.reached("Mail server ready on port " + mail.port());
        }
        if (external.issuer().isEmpty()) {
            opened.server(issuer, issuer::start);
            progress.reached("Issuer of tokens ready on " + issuer.url());
        }
    }

    private void awaitReady(ServerProcess server) {
        try {
            server.awaitReady();
        } catch (StartFailure e) {
            throw new StartFailure(
                    e.getMessage()
                            + "\nIf its data is damaged, move "
                            + directory.path()
                            + " away, or forget all data with -Dbank.fresh.",
                    e);
        }
    }

    private ServerProcess server(Servers which) {
        return new ServerProcess(
                new Infrastructure.Settings(
                        which,
                        directory.path(),
                        addresses.postgresPort(),
                        addresses.kafkaPort(),
                        true,
                        false),
                classPath,
                directory::remember);
    }

    ServerProcess postgres() {
        return postgres;
    }

    ServerProcess kafka() {
        return kafka;
    }

    MailServer mail() {
        return mail;
    }

    /** Whose tokens the services take. */
    String issuer() {
        return external.issuer().orElseGet(issuer::url);
    }

    BankDirectory directory() {
        return directory;
    }

    /** What closes with the servers, and before them. */
    Opened opened() {
        return opened;
    }

    /** The embedded database of this service. */
    Database database(String service) {
        return new Database(addresses.jdbcUrl(service), service, service);
    }

    String bootstrapServers() {
        return external.kafka().orElseGet(addresses::bootstrapServers);
    }

    /** Waits until one of the processes ends, and says which. */
    String awaitEnd() {
        CompletableFuture<String> ended = new CompletableFuture<>();
        onEnd(ended::complete);
        return ended.join();
    }

    /** Tells once one of the processes ends. */
    void onEnd(Consumer<String> ended) {
        if (external.needsPostgres()) {
            postgres.onExit(() -> ended.accept("PostgreSQL ended: " + postgres.log()));
        }
        if (external.kafka().isEmpty()) {
            kafka.onExit(() -> ended.accept("Kafka ended: " + kafka.log()));
        }
    }

    /** From the beginning until somebody closes them. */
    boolean isOpen() {
        return !opened.isClosed();
    }

    @Override
    public void close() {
        opened.close();
    }
}
