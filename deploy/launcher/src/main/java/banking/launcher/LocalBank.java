package banking.launcher;

import banking.embedded.Addresses;
import banking.embedded.ClassPath;
import banking.embedded.FreePorts;
import banking.embedded.Infrastructure;
import banking.embedded.Infrastructure.Servers;
import banking.embedded.MailServer;
import banking.embedded.StartFailure;
import banking.embedded.Topics;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;

/**
 * A whole bank: PostgreSQL, Kafka and the two services, each a process of its own that can be
 * killed and started again alone, and a mail server in this process. Closing it, or the end of this
 * process, ends them all.
 */
public final class LocalBank implements AutoCloseable {

    private final BankDirectory directory;
    private final External external;
    private final Addresses addresses;
    private final List<Path> classPath;
    private final Progress progress;
    private final ServerProcess postgres;
    private final ServerProcess kafka;
    private final MailServer mail;
    private final ServiceProcess command;
    private final ServiceProcess query;

    private final Opened opened;

    private LocalBank(BankSettings settings, BankDirectory directory, Progress progress)
            throws IOException {
        this.directory = directory;
        this.progress = progress;
        opened = new Opened(directory, failure -> progress.reached("Not closed: " + failure));
        external = settings.external();
        addresses =
                new Addresses(
                        orFree(settings.postgresPort()),
                        orFree(settings.kafkaPort()),
                        directory.path());
        classPath = ClassPath.copiedInto(directory.run());
        postgres = server(Servers.POSTGRES);
        kafka = server(Servers.KAFKA);
        mail = new MailServer(directory.mails(), FreePorts.next());
        command = service(wired(settings), external.command());
        query = service(settings.query(), external.query());
    }

    /**
     * Takes the data folder, but starts nothing yet.
     *
     * @throws StartFailure when the folder or a port is not to be had
     */
    public static LocalBank open(BankSettings settings, Progress progress) {
        BankDirectory directory =
                BankDirectory.open(
                        settings.directory(), settings.fresh(), BankDirectory.NEEDED_BYTES);
        try {
            settings.requireFreePorts();
            return new LocalBank(settings, directory, progress);
        } catch (StartFailure e) {
            directory.close();
            throw e;
        } catch (IOException e) {
            directory.close();
            throw new StartFailure(
                    "Cannot copy what is to run into " + directory.run() + ": " + e, e);
        }
    }

    /**
     * Returns when both services are ready.
     *
     * @throws StartFailure when something does not start; then nothing is left running
     * @throws CancellationException when the bank was closed meanwhile
     */
    public void start() {
        try {
            startServers();
            opened.service(command, command::start);
            opened.service(query, query::start);
            command.awaitReady();
            progress.reached("Command service ready on " + command.uri());
            query.awaitReady();
            progress.reached("Query service ready on " + query.uri());
        } catch (RuntimeException e) {
            boolean cancelled = !isOpen();
            close();
            throw cancelled ? new CancellationException("Closed while starting") : e;
        }
    }

    public ServerProcess postgres() {
        return postgres;
    }

    public ServerProcess kafka() {
        return kafka;
    }

    /** Can be stopped and started again, where no external one takes its place. */
    public MailServer mail() {
        return mail;
    }

    public ServiceProcess command() {
        return command;
    }

    public ServiceProcess query() {
        return query;
    }

    /** Starts one more instance of a service, on a port of its own; it closes with the bank. */
    public ServiceProcess another(ServiceProcess like, Map<String, String> environment) {
        int port = FreePorts.next();
        ServiceDefinition definition = like.definition().onPort(port).with(environment);
        ServiceProcess instance = process(definition);
        opened.service(instance, instance::start);
        return instance;
    }

    /** Waits until one of the processes ends, and says which. */
    public String awaitEnd() {
        CompletableFuture<String> ended = new CompletableFuture<>();
        for (ServiceProcess service : List.of(command, query)) {
            service.onExit(() -> ended.complete(service.ended()));
        }
        if (external.needsPostgres()) {
            postgres.onExit(() -> ended.complete("PostgreSQL ended: " + postgres.log()));
        }
        if (external.kafka().isEmpty()) {
            kafka.onExit(() -> ended.complete("Kafka ended: " + kafka.log()));
        }
        return ended.join();
    }

    @Override
    public void close() {
        opened.close();
    }

    /** From the beginning until somebody closes it. */
    public boolean isOpen() {
        return !opened.isClosed();
    }

    /** PostgreSQL and Kafka do not need each other, so they start side by side. */
    private void startServers() {
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

    /** Only the command service writes mails, and says where the views are. */
    private ServiceDefinition wired(BankSettings settings) {
        ServiceDefinition service = settings.command().showing(settings.query());
        return external.mail().isEmpty() ? service.mailingThrough(mail.port()) : service;
    }

    private ServiceProcess service(ServiceDefinition definition, Optional<Database> database)
            throws IOException {
        String name = definition.name();
        Database own = database.orElseGet(() -> new Database(addresses.jdbcUrl(name), name, name));
        return process(definition.copiedInto(directory.run()).wiredTo(own, bootstrapServers()));
    }

    private ServiceProcess process(ServiceDefinition definition) {
        Path log = directory.logs().resolve(definition.logName());
        return new ServiceProcess(definition, log, directory::remember);
    }

    private String bootstrapServers() {
        return external.kafka().orElseGet(addresses::bootstrapServers);
    }

    private static int orFree(int port) {
        return port == 0 ? FreePorts.next() : port;
    }
}
