package banking.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import banking.embedded.StartFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BankTest {

    private static final Path ROOT = Path.of("/somewhere");

    @AfterEach
    void forget() {
        System.clearProperty("bank.fresh");
        System.clearProperty("bank.servers");
        System.clearProperty("bank.query.port");
    }

    @Test
    void without_options_data_is_kept_at_the_root_and_the_ports_are_the_known_ones() {
        BankSettings settings = BankSettings.fromSystemProperties(ROOT);
        assertThat(settings.directory()).isEqualTo(ROOT.resolve(".bank"));
        assertThat(settings.fresh()).isFalse();
        assertThat(settings.command().ports().http()).isEqualTo(8080);
        assertThat(settings.query().ports().http()).isEqualTo(8081);
    }

    @Test
    void a_flag_without_a_value_is_on() {
        System.setProperty("bank.fresh", "");
        assertThat(BankSettings.fromSystemProperties(ROOT).fresh()).isTrue();
    }

    @Test
    void servers_alone_listen_where_the_development_profiles_look_for_them() throws IOException {
        System.setProperty("bank.servers", "true");
        BankSettings settings = BankSettings.fromSystemProperties(ROOT);
        assertThat(settings.serversOnly()).isTrue();
        ServerPorts ports = settings.ports();
        for (String service : List.of("command", "query")) {
            assertThat(settingsOf(service))
                    .contains(
                            "%dev.quarkus.datasource.jdbc.url=jdbc:postgresql://127.0.0.1:"
                                    + ports.postgres()
                                    + "/"
                                    + service,
                            "%dev.kafka.bootstrap.servers=127.0.0.1:" + ports.kafka());
        }
        assertThat(settingsOf("command")).contains("%dev.quarkus.mailer.port=" + ports.mail());
    }

    private static List<String> settingsOf(String service) throws IOException {
        return Files.readAllLines(
                Path.of(
                        "../../banking-" + service + "-service",
                        "src/main/resources/application.properties"));
    }

    @Test
    void a_port_that_is_none_is_refused() {
        System.setProperty("bank.query.port", "99999");
        assertThatThrownBy(() -> BankSettings.fromSystemProperties(ROOT))
                .isInstanceOf(StartFailure.class)
                .hasMessage("-Dbank.query.port=99999 is not a port");
    }

    @Test
    void an_external_database_needs_its_credentials() {
        assertThatThrownBy(
                        () ->
                                External.fromEnvironment(
                                        Map.of("QUERY_DATABASE_URL", "jdbc:postgresql://db/q")))
                .isInstanceOf(StartFailure.class)
                .hasMessage(
                        "QUERY_DATABASE_URL is set, so QUERY_DATABASE_USERNAME must be set too");
    }
}
