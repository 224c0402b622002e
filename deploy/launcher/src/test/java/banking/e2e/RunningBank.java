package banking.e2e;

import banking.launcher.BankSettings;
import banking.launcher.LocalBank;
import banking.launcher.Progress;
import banking.launcher.ServerProcess;
import banking.launcher.ServiceDefinition;
import banking.launcher.ServiceProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A bank on free ports, whoever uses it, and what lies behind its back. */
final class RunningBank implements AutoCloseable {

    private static final Path ROOT = Path.of("../..");
    private static final int ACCOUNTS = 5;

    private final LocalBank bank;
    private final Collector collector;
    private final Path directory;
    private final BankClient client;
    private final Random random;
    private final long seed;

    private RunningBank(LocalBank bank, Collector collector, Path directory, long seed) {
        this.bank = bank;
        this.collector = collector;
        this.directory = directory;
        client = new BankClient(List.of(bank.command().uri()), bank.query().uri());
        random = new Random(seed);
        this.seed = seed;
    }

    static RunningBank start(Path directory) {
        long seed = Long.getLong("bank.seed", System.nanoTime());
        System.out.println("End to end with -Dbank.seed=" + seed);
        Collector collector = Collector.start();
        LocalBank bank =
                LocalBank.open(settings(directory, collector), new Progress(System.out::println));
        bank.start();
        return new RunningBank(bank, collector, directory, seed);
    }

    /**
     * As on a cluster, the services do not own their tables, and machines read their logs; and the
     * books are looked into often.
     */
    private static BankSettings settings(Path directory, Collector collector) {
        BankSettings any = BankSettings.onFreePorts(ROOT, directory);
        return new BankSettings(
                any.directory(),
                any.fresh(),
                asRuntimeRole(any.command()).with(collector.settings()),
                asRuntimeRole(any.query()).with(collector.settings()),
                any.ports(),
                any.external(),
                any.serversOnly());
    }

    private static ServiceDefinition asRuntimeRole(ServiceDefinition service) {
        return service.with(
                Map.of(
                        "QUARKUS_LOG_CONSOLE_JSON_ENABLED",
                        "true",
                        "QUARKUS_LOG_CATEGORY__BANKING_STORY__LEVEL",
                        "DEBUG",
                        "BANK_OUTBOX_HEARTBEAT_EVERY",
                        "2s",
                        "QUARKUS_DATASOURCE_USERNAME",
                        "bank_" + service.name(),
                        "QUARKUS_DATASOURCE_PASSWORD",
                        "bank_" + service.name(),
                        "QUARKUS_FLYWAY_USERNAME",
                        service.name(),
                        "QUARKUS_FLYWAY_PASSWORD",
                        service.name(),
                        "BANK_BOOKS_EVERY",
                        "10s"));
    }

    @Override
    public void close() {
        bank.close();
        collector.close();
    }

    Collector collector() {
        return collector;
    }

    /** Where all is kept. */
    Path directory() {
        return directory;
    }

    ServerProcess postgres() {
        return bank.postgres();
    }

    ServerProcess kafka() {
        return bank.kafka();
    }

    URI issuer() {
        return bank.issuer();
    }

    ServiceProcess command() {
        return bank.command();
    }

    ServiceProcess query() {
        return bank.query();
    }

    ServiceProcess another(ServiceProcess like) {
        return another(like, Map.of());
    }

    ServiceProcess another(ServiceProcess like, Map<String, String> environment) {
        return bank.another(like, environment);
    }

    static void killAndRestart(ServerProcess server) {
        server.kill();
        server.start();
        server.awaitReady();
    }

    static void killAndRestart(ServiceProcess service) {
        service.kill();
        service.start();
        service.awaitReady();
    }

    BankClient client() {
        return client;
    }

    /** The answers to the openings of new accounts. */
    List<Answer> opened(int count) throws IOException {
        List<Answer> opened = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            opened.add(client.accepted(Command.open("Customer " + i)));
        }
        return opened;
    }

    /** Money starts to move on new accounts. */
    Load load() throws IOException {
        return load(client);
    }

    Load load(BankClient through) throws IOException {
        return new Load(through, opened(ACCOUNTS), random.nextLong());
    }

    /** The mail server runs in this process, so it cannot be killed, only be away for a moment. */
    void stopAndRestartMail() {
        bank.mail().stop();
        bank.mail().start();
    }

    /** The Message-IDs of all e-mails that were sent, repeats and all. */
    List<String> messageIds() {
        return bank.mail().mails().stream().map(RunningBank::messageId).toList();
    }

    private static String messageId(Path mail) {
        try (var lines = Files.lines(mail)) {
            return lines.filter(line -> line.startsWith("Message-ID: "))
                    .findFirst()
                    .orElseThrow()
                    .substring("Message-ID: ".length())
                    .strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Decides all that is left to chance. */
    long seed() {
        return seed;
    }

    /** After how many more answers something is killed. */
    int someMoment(int atLeast) {
        return atLeast + random.nextInt(atLeast);
    }

    /**
     * Waits until all is quiet, and checks what must hold then.
     *
     * @param answers to all commands that the accounts in them ever got
     */
    void check(List<Answer> answers) throws IOException {
        Invariants.check(client, this::topic, answers);
    }

    TopicLog topic() {
        return TopicLog.read(bank.kafka().addresses().bootstrapServers());
    }

    /** A transaction in a service's database, as the service itself. */
    Connection database(String name) throws SQLException {
        String url = bank.postgres().addresses().jdbcUrl(name);
        Connection connection = DriverManager.getConnection(url, name, name);
        connection.setAutoCommit(false);
        return connection;
    }

    /** A connection to the database server as the one who owns it. */
    Connection superuser() throws SQLException, IOException {
        String password = Files.readString(directory.resolve("postgres/password"));
        String url = bank.postgres().addresses().jdbcUrl("postgres");
        return DriverManager.getConnection(url, "postgres", password);
    }

    static void execute(Connection transaction, String sql) throws SQLException {
        try (Statement statement = transaction.createStatement()) {
            statement.execute(sql);
        }
    }
}
