package banking.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import banking.embedded.FreePorts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code ./mvnw -Pbank} says before it builds anything; here Maven only tells its version. */
class LookTest {

    private static final Path MVNW = Path.of("../../mvnw");
    private static final String BUILDING = "Building the bank";

    @TempDir Path directory;

    private final int command = FreePorts.next();

    private record Said(int exit, String text) {}

    @Test
    void where_nothing_stands_in_the_way_the_bank_is_built() throws Exception {
        Said said = start(Map.of());
        assertThat(said.text()).contains(BUILDING);
        assertThat(said.exit()).isZero();
    }

    @Test
    void another_bank_on_the_folder_is_named_before_anything_is_built() throws Exception {
        try (BankLock _ = BankLock.take(directory)) {
            assertRefused(
                    start(Map.of()), "Another bank is running on " + directory + ": stop it first");
        }
    }

    @Test
    void a_port_in_use_is_named_before_anything_is_built() throws Exception {
        try (ServerSocket _ = new ServerSocket(command)) {
            assertRefused(
                    start(Map.of()), "Port " + command + " is in use", "-Dbank.command.port=");
        }
    }

    @Test
    void a_database_address_to_nowhere_is_named_before_anything_is_built() throws Exception {
        int nobodys = FreePorts.next();
        assertRefused(
                start(
                        Map.of(
                                "QUERY_DATABASE_URL",
                                "jdbc:postgresql://127.0.0.1:" + nobodys + "/bank",
                                "QUERY_DATABASE_USERNAME",
                                "bank",
                                "QUERY_DATABASE_PASSWORD",
                                "bank")),
                "QUERY_DATABASE_URL: nobody answers at 127.0.0.1:" + nobodys);
    }

    @Test
    void one_of_several_brokers_that_answers_is_enough() throws Exception {
        try (ServerSocket broker = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String servers =
                    "127.0.0.1:" + FreePorts.next() + ",localhost:" + broker.getLocalPort();
            assertThat(start(Map.of("KAFKA_BOOTSTRAP_SERVERS", servers)).text()).contains(BUILDING);
        }
    }

    private static void assertRefused(Said said, String... why) {
        assertThat(said.text())
                .contains("nothing was built")
                .contains(why)
                .doesNotContain(BUILDING);
        assertThat(said.exit()).isEqualTo(1);
    }

    private Said start(Map<String, String> environment) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of(MVNW.toString(), "-Pbank", "--version"));
        words.add("-Dbank.directory=" + directory);
        words.add("-Dbank.command.port=" + command);
        words.add("-Dbank.query.port=" + FreePorts.next());
        words.add("-Dbank.issuer.port=" + FreePorts.next());
        ProcessBuilder mvnw = new ProcessBuilder(words).redirectErrorStream(true);
        mvnw.environment().putAll(environment);
        Process running = mvnw.start();
        try {
            String text =
                    new String(running.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(running.waitFor(1, TimeUnit.MINUTES)).isTrue();
            return new Said(running.exitValue(), text);
        } finally {
            running.destroyForcibly();
        }
    }
}
