package banking.launcher;

import banking.embedded.MailServer;
import banking.embedded.StartFailure;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;

/**
 * A whole bank: the servers and the two services, each a process of its own that can be killed and
 * started again alone. Closing it, or the end of this process, ends them all.
 */
public final class LocalBank implements AutoCloseable {

    private final LocalServers servers;
    private final Progress progress;
    private final ServiceProcess command;
    private final ServiceProcess query;

    private LocalBank(BankSettings settings, LocalServers servers, Progress progress)
            throws IOException {
        this.servers = servers;
        this.progress = progress;
        External external = settings.external();
        command = service(wired(settings), external.command());
        query = service(settings.query().showing(settings.command()), external.query());
    }

    /**
     * Takes the data folder, but starts nothing yet.
     *
     * @throws StartFailure when the folder or a port is not to be had
     */
    public static LocalBank open(BankSettings settings, Progress progress) {
        LocalServers servers = LocalServers.open(settings, progress);
        try {
            return new LocalBank(settings, servers, progress);
        } catch (IOException e) {
            servers.close();
            throw LocalServers.uncopied(servers.directory(), e);
        }
    }

    /**
     * Returns when both services are ready.
     *
     * @throws StartFailure when something does not start; then nothing is left running
     * @throws CancellationException when the bank was closed meanwhile
     */
    public void start() {
        servers.start();
        servers.opened().orClosed(this::startServices);
    }

    private void startServices() {
        servers.opened().service(command, command::start);
        servers.opened().service(query, query::start);
        command.awaitReady();
        progress.reached("Command service ready on " + command.uri());
        query.awaitReady();
        progress.reached("Query service ready on " + query.uri());
    }

    LocalServers servers() {
        return servers;
    }

    public ServerProcess postgres() {
        return servers.postgres();
    }

    public ServerProcess kafka() {
        return servers.kafka();
    }

    /** The URL of the provider whose tokens the services take. */
    public URI issuer() {
        return URI.create(servers.issuer());
    }

    /** Can be stopped and started again, where no external one takes its place. */
    public MailServer mail() {
        return servers.mail();
    }

    public ServiceProcess command() {
        return command;
    }

    public ServiceProcess query() {
        return query;
    }

    /** Starts one more instance of a service, on ports of its own; it closes with the bank. */
    public ServiceProcess another(ServiceProcess like, Map<String, String> environment) {
        ServiceDefinition definition = like.definition().on(ServicePorts.free()).with(environment);
        ServiceProcess instance = process(definition);
        servers.opened().service(instance, instance::start);
        return instance;
    }

    /** Waits until one of the processes ends, and says which. */
    public String awaitEnd() {
        CompletableFuture<String> ended = new CompletableFuture<>();
        for (ServiceProcess service : List.of(command, query)) {
            service.onExit(() -> ended.complete(service.ended()));
        }
        servers.onEnd(ended::complete);
        return ended.join();
    }

    @Override
    public void close() {
        servers.close();
    }

    /** Only the command service writes mails. */
    private ServiceDefinition wired(BankSettings settings) {
        ServiceDefinition service = settings.command().showing(settings.query());
        return settings.external().mail().isEmpty()
                ? service.mailingThrough(mail().port())
                : service;
    }

    private ServiceProcess service(ServiceDefinition definition, Optional<Database> database)
            throws IOException {
        Database own = database.orElseGet(() -> servers.database(definition.name()));
        return process(
                definition
                        .copiedInto(servers.directory().run())
                        .wiredTo(own, servers.bootstrapServers())
                        .trusting(servers.issuer())
                        .keyedFrom(servers.directory().keys()));
    }

    private ServiceProcess process(ServiceDefinition definition) {
        Path log = servers.directory().logs().resolve(definition.logName());
        return new ServiceProcess(definition, log, servers.directory()::remember);
    }
}
