package banking.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import banking.embedded.Addresses;
import banking.embedded.StartFailure;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalBankTest {

    private static final Progress SILENT = new Progress(line -> {});

    @TempDir Path directory;

    @Test
    void each_process_can_be_killed_and_started_again_alone() throws IOException {
        List<Long> pids = new ArrayList<>();
        StubServices stubs = new StubServices(directory);
        try (LocalBank bank = LocalBank.open(stubs.settings(), SILENT)) {
            bank.start();
            Addresses kafka = bank.kafka().addresses();
            pids.add(bank.postgres().pid());

            bank.kafka().kill();
            bank.kafka().start();
            bank.kafka().awaitReady();
            assertThat(bank.kafka().addresses()).isEqualTo(kafka);
            pids.add(bank.kafka().pid());

            bank.command().kill();
            assertThat(bank.command().isAlive()).isFalse();
            bank.command().start();
            bank.command().awaitReady();
            pids.add(bank.command().pid());

            ServiceProcess second = bank.another(bank.query(), Map.of("INSTANCE", "second"));
            second.awaitReady();
            assertThat(stubs.environment("query")).contains("INSTANCE=second");
            assertThat(second.uri()).isNotEqualTo(bank.query().uri());
            pids.add(bank.query().pid());
            pids.add(second.pid());

            usesServersThatRunElsewhere(bank);
        }
        assertThat(pids).noneMatch(pid -> ProcessHandle.of(pid).isPresent());
    }

    private void usesServersThatRunElsewhere(LocalBank servers) throws IOException {
        String url = servers.postgres().addresses().jdbcUrl("query");
        String bootstrap = servers.kafka().addresses().bootstrapServers();
        External external =
                External.fromEnvironment(
                        Map.of(
                                "COMMAND_DATABASE_URL", "jdbc:postgresql://elsewhere/bank",
                                "COMMAND_DATABASE_USERNAME", "user",
                                "COMMAND_DATABASE_PASSWORD", "secret",
                                "QUERY_DATABASE_URL", url,
                                "QUERY_DATABASE_USERNAME", "query",
                                "QUERY_DATABASE_PASSWORD", "query",
                                "KAFKA_BOOTSTRAP_SERVERS", bootstrap));
        StubServices stubs = new StubServices(directory.resolve("other"));
        try (LocalBank bank = LocalBank.open(stubs.settings(external), SILENT)) {
            bank.start();
            assertThat(stubs.environment("command"))
                    .contains(
                            "QUARKUS_DATASOURCE_JDBC_URL=jdbc:postgresql://elsewhere/bank",
                            "QUARKUS_DATASOURCE_USERNAME=user",
                            "QUARKUS_DATASOURCE_PASSWORD=secret");
            assertThat(stubs.environment("query"))
                    .contains(
                            "QUARKUS_DATASOURCE_JDBC_URL=" + url,
                            "KAFKA_BOOTSTRAP_SERVERS=" + bootstrap,
                            "QUARKUS_HTTP_PORT=" + bank.query().uri().getPort());
            assertThat(directory.resolve("other/postgres")).doesNotExist();
            assertThat(directory.resolve("other/kafka")).doesNotExist();
        }
    }

    @Test
    void a_port_in_use_is_named_with_the_option_that_changes_it() throws IOException {
        BankSettings settings = new StubServices(directory).settings();
        try (ServerSocket taken = new ServerSocket(settings.query().port())) {
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
        LocalBank bank = LocalBank.open(new StubServices(directory).settings(), SILENT);
        assertThatThrownBy(bank::start)
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("PostgreSQL did not start")
                .hasMessageContaining(directory.resolve("postgres/data").toString())
                .hasMessageContaining("-Dbank.fresh");
        assertThat(ProcessHandle.of(bank.postgres().pid())).isEmpty();
        assertThat(ProcessHandle.of(bank.kafka().pid())).isEmpty();
    }

    @Test
    void a_service_that_ends_while_starting_is_shown_with_its_log() throws IOException {
        StubServices stubs = new StubServices(directory);
        ServiceDefinition broken = StubServices.running("query", "echo no such table; exit 1");
        LocalBank bank =
                LocalBank.open(stubs.with(stubs.stub("command"), broken, External.NONE), SILENT);
        assertThatThrownBy(bank::start)
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("The query service ended")
                .hasMessageContaining(bank.query().log().toString())
                .hasMessageContaining("no such table");
        assertThat(ProcessHandle.of(bank.command().pid())).isEmpty();
    }
}
