package banking.launcher;

import banking.embedded.ChildProcess;
import banking.embedded.FreePorts;
import banking.events.Topic;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import kafka.Kafka;
import kafka.tools.StorageTool;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.Uuid;

/** A Kafka that takes TLS with name and password alone, and lets them do what the manifest says. */
final class SecuredKafka implements AutoCloseable {

    /** One that no service knows of yet. */
    static final String ANY_OF_OURS = "banking.something";

    private static final String OPERATOR = "operator";
    private static final List<String> USERS = List.of("bank-command", "bank-query", OPERATOR);

    private final ChildProcess broker;
    private final Certificates certificates;
    private final int port;

    private SecuredKafka(ChildProcess broker, Certificates certificates, int port) {
        this.broker = broker;
        this.certificates = certificates;
        this.port = port;
    }

    static SecuredKafka start(Path directory, Certificates certificates) throws Exception {
        Files.createDirectories(directory);
        certificates.issue("kafka");
        Path identity =
                Files.writeString(
                        directory.resolve("identity.pem"),
                        Files.readString(certificates.key("kafka"))
                                + Files.readString(certificates.certificate("kafka")));
        int port = FreePorts.next();
        Path settings =
                Files.writeString(
                        directory.resolve("server.properties"),
                        settings(directory, identity, certificates.authority(), port));
        format(settings);
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return new SecuredKafka(
                ChildProcess.start(
                        List.of(
                                java,
                                "-Xmx256m",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Kafka.class.getName(),
                                settings.toString()),
                        Map.of(),
                        directory.resolve("kafka.log"),
                        ChildProcess.StopSignal.TERM),
                certificates,
                port);
    }

    /** The controller asks for certificates too, and takes none but the broker's own. */
    private static String settings(Path directory, Path identity, Path authority, int port) {
        return """
        process.roles=broker,controller
        node.id=1
        listeners=CLIENTS://localhost:%1$d,CONTROLLER://localhost:%2$d
        advertised.listeners=CLIENTS://localhost:%1$d,CONTROLLER://localhost:%2$d
        listener.security.protocol.map=CLIENTS:SASL_SSL,CONTROLLER:SSL
        inter.broker.listener.name=CLIENTS
        controller.listener.names=CONTROLLER
        controller.quorum.bootstrap.servers=localhost:%2$d
        listener.name.controller.ssl.client.auth=required
        ssl.keystore.type=PEM
        ssl.keystore.location=%3$s
        ssl.truststore.type=PEM
        ssl.truststore.location=%4$s
        sasl.enabled.mechanisms=SCRAM-SHA-512
        sasl.mechanism.inter.broker.protocol=SCRAM-SHA-512
        listener.name.clients.scram-sha-512.sasl.jaas.config=%5$s
        authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer
        super.users=User:CN=kafka;User:operator
        log.dirs=%6$s
        auto.create.topics.enable=false
        offsets.topic.num.partitions=1
        offsets.topic.replication.factor=1
        transaction.state.log.replication.factor=1
        transaction.state.log.min.isr=1
        group.initial.rebalance.delay.ms=0
        """
                .formatted(
                        port,
                        FreePorts.next(),
                        identity,
                        authority,
                        login(OPERATOR),
                        directory.resolve("data"));
    }

    /** As Strimzi writes it into the user's secret. */
    static String login(String user) {
        return "org.apache.kafka.common.security.scram.ScramLoginModule required username=\""
                + user
                + "\" password=\""
                + password(user)
                + "\";";
    }

    private static String password(String user) {
        return "the-password-of-" + user;
    }

    private static void format(Path settings) throws IOException {
        var users =
                USERS.stream()
                        .flatMap(
                                user ->
                                        Stream.of(
                                                "--add-scram",
                                                "SCRAM-SHA-512=[name=%s,password=%s]"
                                                        .formatted(user, password(user))));
        var arguments =
                Stream.concat(
                        Stream.of(
                                "format",
                                "--standalone",
                                "--cluster-id",
                                Uuid.randomUuid().toString(),
                                "--config",
                                settings.toString()),
                        users);
        var said = new ByteArrayOutputStream();
        var out = new PrintStream(said, true, StandardCharsets.UTF_8);
        if (StorageTool.execute(arguments.toArray(String[]::new), out) != 0) {
            throw new IOException(said.toString(StandardCharsets.UTF_8));
        }
    }

    /** Waits until it answers. */
    void prepare() throws Exception {
        try (var admin = Admin.create(client(OPERATOR))) {
            var topics =
                    Stream.concat(
                                    Topic.ALL.stream(),
                                    Stream.of(Topic.KEYS, Topic.SEALS, ANY_OF_OURS))
                            .map(name -> new NewTopic(name, partitions(name), (short) 1))
                            .toList();
            admin.createTopics(topics).all().get();
            admin.createAcls(KafkaUsers.ofManifest().permissions()).all().get();
        }
    }

    private static int partitions(String topic) {
        return Topic.ALL.contains(topic) ? Topic.PARTITIONS : 1;
    }

    /** What a client of this user is told. */
    Map<String, Object> client(String user) {
        var settings = new HashMap<String, Object>();
        settings.put("bootstrap.servers", bootstrapServers());
        settings.put("security.protocol", "SASL_SSL");
        settings.put("sasl.mechanism", "SCRAM-SHA-512");
        settings.put("sasl.jaas.config", login(user));
        settings.put("ssl.truststore.type", "PEM");
        settings.put("ssl.truststore.location", certificates.authority().toString());
        return settings;
    }

    String bootstrapServers() {
        return "localhost:" + port;
    }

    @Override
    public void close() {
        broker.close();
    }
}
