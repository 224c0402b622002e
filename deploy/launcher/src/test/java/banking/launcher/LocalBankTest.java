package banking.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import banking.embedded.Addresses;
import banking.embedded.FreePorts;
import banking.embedded.StartFailure;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalBankTest {

    private static final Progress SILENT = new Progress(line -> {});

    @TempDir static Path shared;

    private static LocalBank bank;

    @TempDir Path directory;

    @BeforeAll
    static void start() throws IOException {
        bank = LocalBank.open(new StubServices(shared).settings(), SILENT);
        bank.start();
    }

    @AfterAll
    static void stop() {
        List<Long> pids =
                List.of(
                        bank.postgres().pid(),
                        bank.kafka().pid(),
                        bank.command().pid(),
                        bank.query().pid());
        bank.close();
        assertThat(pids).noneMatch(pid -> ProcessHandle.of(pid).isPresent());
    }

    @Test
    void a_killed_broker_starts_again_on_its_port() {
        Addresses before = bank.kafka().addresses();
        bank.kafka().kill();
        bank.kafka().start();
        bank.kafka().awaitReady();
        assertThat(bank.kafka().addresses()).isEqualTo(before);
    }

    @Test
    void a_killed_service_starts_again_on_its_port() {
        URI before = bank.command().uri();
        bank.command().kill();
        assertThat(bank.command().isAlive()).isFalse();
        bank.command().start();
        bank.command().awaitReady();
        assertThat(bank.command().uri()).isEqualTo(before);
    }

    @Test
    void a_stopped_mail_server_starts_again_on_its_port() throws IOException {
        bank.mail().stop();
        assertThat(FreePorts.isFree(bank.mail().port())).isTrue();
        bank.mail().start();
        assertThat(FreePorts.isFree(bank.mail().port())).isFalse();
        assertThat(shared.resolve("mails")).isEmptyDirectory();
    }

    @Test
    void only_the_command_service_is_told_of_the_mail_server() throws IOException {
        assertThat(new StubServices(shared).environment("command"))
                .contains(
                        "QUARKUS_MAILER_HOST=127.0.0.1",
                        "QUARKUS_MAILER_PORT=" + bank.mail().port(),
                        "QUARKUS_MAILER_START_TLS=DISABLED");
        assertThat(new StubServices(shared).environment("query"))
                .noneMatch(variable -> variable.startsWith("QUARKUS_MAILER"));
    }

    @Test
    void a_second_instance_has_a_port_and_variables_of_its_own() throws IOException {
        try (ServiceProcess second = bank.another(bank.query(), Map.of("INSTANCE", "second"))) {
            second.awaitReady();
            assertThat(new StubServices(shared).environment("query"))
                    .contains(
                            "INSTANCE=second",
                            "QUARKUS_HTTP_PORT=" + second.uri().getPort(),
                            "QUARKUS_DATASOURCE_USERNAME=query");
            assertThat(second.uri()).isNotEqualTo(bank.query().uri());
        }
    }

    @Test
    void servers_that_run_elsewhere_replace_the_embedded_ones() throws IOException {
        StubServices stubs = new StubServices(directory);
        try (LocalBank other = LocalBank.open(stubs.settings(elsewhere()), SILENT)) {
            other.start();
            assertThat(stubs.environment("command"))
                    .contains(
                            "QUARKUS_DATASOURCE_JDBC_URL=jdbc:postgresql://elsewhere/bank",
                            "QUARKUS_DATASOURCE_USERNAME=user",
                            "QUARKUS_DATASOURCE_PASSWORD=secret",
                            "KAFKA_BOOTSTRAP_SERVERS="
                                    + bank.kafka().addresses().bootstrapServers(),
                            "QUARKUS_HTTP_PORT=" + other.command().uri().getPort());
            assertThat(directory.resolve("postgres")).doesNotExist();
            assertThat(directory.resolve("kafka")).doesNotExist();
            assertThat(directory.resolve("mails")).doesNotExist();
            assertThat(stubs.environment("command"))
                    .doesNotContain("QUARKUS_MAILER_HOST=127.0.0.1");
        }
    }

    @Test
    void a_database_that_lets_nobody_in_is_told_in_seconds() {
        External.fromEnvironment(database("command")).requireLogins();
        assertThatThrownBy(() -> External.fromEnvironment(database("guess")).requireLogins())
                .isInstanceOf(StartFailure.class)
                .hasMessageStartingWith("COMMAND_DATABASE_URL, _USERNAME, _PASSWORD: ")
                .hasMessageContaining("password authentication failed");
    }

    private static Map<String, String> database(String password) {
        return Map.of(
                "COMMAND_DATABASE_URL",
                bank.postgres().addresses().jdbcUrl("command"),
                "COMMAND_DATABASE_USERNAME",
                "command",
                "COMMAND_DATABASE_PASSWORD",
                password);
    }

    private static External elsewhere() {
        return External.fromEnvironment(
                Map.of(
                        "COMMAND_DATABASE_URL", "jdbc:postgresql://elsewhere/bank",
                        "COMMAND_DATABASE_USERNAME", "user",
                        "COMMAND_DATABASE_PASSWORD", "secret",
                        "QUERY_DATABASE_URL", "jdbc:postgresql://elsewhere/views",
                        "QUERY_DATABASE_USERNAME", "user",
                        "QUERY_DATABASE_PASSWORD", "secret",
                        "QUARKUS_MAILER_HOST", "mail.elsewhere",
                        "KAFKA_BOOTSTRAP_SERVERS", bank.kafka().addresses().bootstrapServers()));
    }

    @Test
    void the_servers_start_alone_where_no_service_has_been_built() throws IOException {
        BankSettings settings =
                new BankSettings(
                        directory,
                        false,
                        ServiceDefinition.packaged(
                                "command", directory, bank.command().definition().ports()),
                        ServiceDefinition.packaged(
                                "query", directory, bank.query().definition().ports()),
                        ServerPorts.ANY,
                        External.NONE,
                        true);
        try (LocalServers servers = LocalServers.open(settings, SILENT)) {
            servers.start();
            assertThat(FreePorts.isFree(servers.postgres().addresses().postgresPort())).isFalse();
            assertThat(FreePorts.isFree(servers.kafka().addresses().kafkaPort())).isFalse();
            assertThat(FreePorts.isFree(servers.mail().port())).isFalse();
        }
        assertThat(directory.resolve("run/command")).doesNotExist();
    }

    @Test
    void a_port_in_use_is_named_with_the_option_that_changes_it() throws IOException {
        BankSettings settings = new StubServices(directory).settings();
        try (ServerSocket taken = new ServerSocket(settings.query().ports().http())) {
            assertThatThrownBy(() -> LocalBank.open(settings, SILENT))
                    .isInstanceOf(StartFailure.class)
                    .hasMessageContaining("Port %d is in use", taken.getLocalPort())
                    .hasMessageContaining("-Dbank.query.port");
        }
        LocalBank.open(settings, SILENT).close();
    }

    @Test
    void two_banks_cannot_share_their_data() throws IOException {
        BankSettings settings = new StubServices(directory).settings();
        try (LocalBank _ = LocalBank.open(settings, SILENT)) {
            assertThatThrownBy(() -> LocalBank.open(settings, SILENT))
                    .isInstanceOf(StartFailure.class)
                    .hasMessageContaining("Another bank is running on " + directory);
        }
        LocalBank.open(settings, SILENT).close();
    }

    @Test
    void a_damaged_data_folder_is_named_and_nothing_is_left_running() throws IOException {
        Files.createDirectories(directory.resolve("postgres/data"));
        LocalBank damaged = LocalBank.open(new StubServices(directory).settings(), SILENT);
        assertThatThrownBy(damaged::start)
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("PostgreSQL did not start")
                .hasMessageContaining(directory.resolve("postgres/data").toString())
                .hasMessageContaining("-Dbank.fresh");
        assertThat(ProcessHandle.of(damaged.postgres().pid())).isEmpty();
        assertThat(ProcessHandle.of(damaged.kafka().pid())).isEmpty();
    }

    @Test
    void a_service_that_ends_while_starting_is_shown_with_its_log() throws IOException {
        StubServices stubs = new StubServices(directory);
        ServiceDefinition broken = StubServices.running("query", "echo no such table; exit 1");
        LocalBank other =
                LocalBank.open(stubs.with(stubs.stub("command"), broken, elsewhere()), SILENT);
        assertThatThrownBy(other::start)
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("The query service ended")
                .hasMessageContaining(other.query().log().toString())
                .hasMessageContaining("no such table");
        assertThat(ProcessHandle.of(other.command().pid())).isEmpty();
    }
}
