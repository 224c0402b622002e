package banking.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import banking.events.Topic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InfrastructureTest {

    /** How often is tried what only goes wrong one time in four. */
    private static final int TIMES = 20;

    @TempDir static Path directory;

    private static Infrastructure infrastructure;

    @BeforeAll
    static void start() {
        infrastructure =
                Infrastructure.start(
                        new Infrastructure.Settings(
                                Infrastructure.Servers.BOTH, directory, 0, 0, true, false));
    }

    @AfterAll
    static void stop() {
        infrastructure.close();
    }

    @Test
    void a_durable_server_waits_for_its_disk() throws SQLException {
        assertThat(setting("fsync")).isEqualTo("on");
        assertThat(setting("synchronous_commit")).isEqualTo("on");
        assertThat(setting("full_page_writes")).isEqualTo("on");
    }

    @Test
    void a_role_connects_to_its_own_database_only() throws SQLException {
        connect("command", "command").close();
        connect("query", "query").close();
        assertThatThrownBy(() -> connect("command", "query")).hasMessageContaining("CONNECT");
        assertThatThrownBy(() -> connect("query", "command")).hasMessageContaining("CONNECT");
        assertThatThrownBy(() -> connect("postgres", "query")).hasMessageContaining("CONNECT");
    }

    @Test
    void nobody_gets_in_with_a_wrong_password() {
        assertThatThrownBy(
                        () ->
                                DriverManager.getConnection(
                                        infrastructure.addresses().jdbcUrl("query"),
                                        "query",
                                        "command"))
                .hasMessageContaining("password authentication failed");
    }

    @Test
    void nobody_guesses_the_password_of_the_superuser() {
        assertThatThrownBy(() -> connect("postgres", "postgres"))
                .hasMessageContaining("password authentication failed");
        assertThat(infrastructure.addresses().superuserPassword()).hasSizeGreaterThan(30);
    }

    @Test
    void nobody_else_reads_the_data_the_logs_or_the_password() throws IOException {
        Set<PosixFilePermission> others =
                EnumSet.complementOf(
                        EnumSet.of(
                                PosixFilePermission.OWNER_READ,
                                PosixFilePermission.OWNER_WRITE,
                                PosixFilePermission.OWNER_EXECUTE));
        try (Stream<Path> paths = Files.walk(directory).skip(1)) {
            assertThat(paths.toList())
                    .contains(directory.resolve("postgres/password"))
                    .allSatisfy(
                            path ->
                                    assertThat(Files.getPosixFilePermissions(path))
                                            .doesNotContainAnyElementsOf(others));
        }
    }

    @Test
    void a_superuser_without_a_password_of_its_own_gets_one(@TempDir Path own) throws Exception {
        Infrastructure.Settings settings =
                new Infrastructure.Settings(
                        Infrastructure.Servers.POSTGRES, own, 0, 0, false, false);
        String first;
        try (Infrastructure before = Infrastructure.start(settings)) {
            first = before.addresses().superuserPassword();
            execute(before, "alter role postgres password 'postgres'");
        }
        Files.delete(own.resolve("postgres/password"));
        try (Infrastructure after = Infrastructure.start(settings)) {
            assertThat(after.addresses().superuserPassword()).isNotEqualTo(first);
            execute(after, "select");
        }
    }

    @Test
    void a_superuser_has_none_of_roots_files() throws Exception {
        assumeTrue(nobodyGetsToTemporaryFiles());
        try (Infrastructure dropped =
                Infrastructure.start(
                        Infrastructure.Settings.temporary(
                                Infrastructure.Servers.POSTGRES, false))) {
            assertThatThrownBy(() -> execute(dropped, "select pg_read_file('/etc/shadow')"))
                    .hasMessageContaining("Permission denied");
        }
    }

    /** Whether root can become somebody else, which not every container allows. */
    private static boolean nobodyGetsToTemporaryFiles() throws Exception {
        return new ProcessBuilder(
                                "setpriv",
                                "--reuid=65534",
                                "--regid=65534",
                                "--clear-groups",
                                "test",
                                "-x",
                                System.getProperty("java.io.tmpdir"))
                        .start()
                        .waitFor()
                == 0;
    }

    @Test
    void topics_that_have_been_created_are_known_to_whoever_asks_next() throws Exception {
        String bootstrapServers = infrastructure.addresses().bootstrapServers();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            for (int i = 0; i < TIMES; i++) {
                admin.deleteTopics(List.of(Topic.EMPLOYEES)).all().get(10, TimeUnit.SECONDS);
                awaitForgotten(admin, Topic.EMPLOYEES);
                Topics.create(bootstrapServers);
                assertThat(
                                admin.describeTopics(Topic.ALL)
                                        .allTopicNames()
                                        .get(10, TimeUnit.SECONDS))
                        .containsOnlyKeys(Topic.ALL);
            }
        }
    }

    /** Else what is asked for next may still be the topic that was deleted. */
    private static void awaitForgotten(Admin admin, String topic) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (admin.listTopics().names().get(10, TimeUnit.SECONDS).contains(topic)) {
            assertThat(System.nanoTime()).isLessThan(deadline);
        }
    }

    @Test
    void a_record_comes_back_from_the_topic_of_the_accounts() throws Exception {
        TopicPartition partition = new TopicPartition(Topic.ACCOUNTS, Topic.PARTITIONS - 1);
        Map<String, Object> settings =
                Map.of("bootstrap.servers", infrastructure.addresses().bootstrapServers());
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            producer.send(
                            new ProducerRecord<>(
                                    partition.topic(), partition.partition(), "key", "value"))
                    .get(10, TimeUnit.SECONDS);
        }
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            assertThat(consumer.poll(Duration.ofSeconds(10)))
                    .extracting(ConsumerRecord::value)
                    .containsExactly("value");
            assertThat(consumer.partitionsFor(Topic.ACCOUNTS)).hasSize(Topic.PARTITIONS);
        }
        Topics.create(infrastructure.addresses().bootstrapServers());
    }

    @Test
    void a_killed_broker_comes_back_with_its_records_and_leaves_no_directory_when_it_ends()
            throws Exception {
        Path temporary = Files.createTempDirectory("bank-");
        Infrastructure.Settings settings =
                new Infrastructure.Settings(
                        Infrastructure.Servers.KAFKA, temporary, 0, 0, false, false);
        int port;
        try (Infrastructure killed = Infrastructure.start(settings)) {
            port = killed.addresses().kafkaPort();
            send(killed.addresses().bootstrapServers());
            killed.process().kill();
        }
        try (Infrastructure again =
                Infrastructure.start(
                        new Infrastructure.Settings(
                                Infrastructure.Servers.KAFKA, temporary, 0, port, false, true))) {
            assertThat(again.addresses().kafkaPort()).isEqualTo(port);
            assertThat(endOffset(again.addresses().bootstrapServers())).isEqualTo(1);
        }
        assertThat(temporary).doesNotExist();
    }

    @Test
    void a_damaged_data_folder_is_refused_with_what_postgres_says(@TempDir Path damaged)
            throws Exception {
        Files.createDirectories(damaged.resolve("postgres/data"));
        Files.writeString(damaged.resolve("postgres/data/PG_VERSION"), "9\n");
        assertThatThrownBy(
                        () ->
                                Infrastructure.start(
                                        new Infrastructure.Settings(
                                                Infrastructure.Servers.POSTGRES,
                                                damaged,
                                                0,
                                                0,
                                                true,
                                                false)))
                .isInstanceOf(StartFailure.class)
                .hasMessageStartingWith("PostgreSQL did not start")
                .hasMessageContaining("postgresql.conf");
    }

    private static void send(String bootstrapServers) throws Exception {
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(
                        Map.of("bootstrap.servers", bootstrapServers),
                        new StringSerializer(),
                        new StringSerializer())) {
            producer.send(new ProducerRecord<>(Topic.ACCOUNTS, 0, "key", "value"))
                    .get(10, TimeUnit.SECONDS);
        }
    }

    private static long endOffset(String bootstrapServers) {
        TopicPartition partition = new TopicPartition(Topic.ACCOUNTS, 0);
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(
                        Map.of("bootstrap.servers", bootstrapServers),
                        new StringDeserializer(),
                        new StringDeserializer())) {
            return consumer.endOffsets(List.of(partition)).getOrDefault(partition, -1L);
        }
    }

    private static void execute(Infrastructure server, String sql) throws SQLException {
        try (Connection connection =
                        DriverManager.getConnection(server.addresses().superuserUrl());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String setting(String name) throws SQLException {
        try (Connection connection =
                        DriverManager.getConnection(infrastructure.addresses().superuserUrl());
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SHOW " + name)) {
            result.next();
            return result.getString(1);
        }
    }

    private static Connection connect(String database, String role) throws SQLException {
        return DriverManager.getConnection(
                infrastructure.addresses().jdbcUrl(database), role, role);
    }
}
