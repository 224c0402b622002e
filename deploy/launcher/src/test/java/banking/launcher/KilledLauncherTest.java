package banking.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a bank whose launcher ends, asked to or not. */
class KilledLauncherTest {

    private static final int END_WITHIN_SECONDS = 20;

    @TempDir Path directory;

    @Test
    void no_process_outlives_a_killed_launcher_and_the_next_bank_can_start() throws Exception {
        Process launcher = launch();
        List<ProcessHandle> children = children(launcher);
        launcher.destroyForcibly().waitFor();
        // Waits for those that are still stopping.
        LocalBank.open(new StubServices(directory).settings(), new Progress(line -> {})).close();
        assertThat(children).noneMatch(ProcessHandle::isAlive);
        assertThat(directory.resolve("postgres/data/postmaster.pid")).doesNotExist();
        assertThat(directory.resolve("postgres/data/PG_VERSION")).exists();
    }

    @Test
    void an_interrupted_launcher_stops_the_services_before_the_servers() throws Exception {
        Process launcher = launch();
        List<ProcessHandle> children = children(launcher);
        List<ProcessHandle> servers = children.subList(0, 2);
        pressControlC(launcher);
        // Looked at closely: onExit notices the end of another's child only after a while.
        Awaitility.await()
                .atMost(END_WITHIN_SECONDS, TimeUnit.SECONDS)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .until(() -> !children.getLast().isAlive());
        assertThat(servers).allMatch(ProcessHandle::isAlive);
        assertThat(launcher.waitFor(END_WITHIN_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(children).noneMatch(ProcessHandle::isAlive);
    }

    @Test
    void a_terminated_group_stops_in_order_and_nobody_is_killed() throws Exception {
        Process launcher = launch();
        List<ProcessHandle> children = children(launcher);
        signalGroup("TERM", launcher);
        assertThat(launcher.waitFor(END_WITHIN_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(children).noneMatch(ProcessHandle::isAlive);
        assertThat(directory.resolve("logs/postgres.log"))
                .content()
                .contains("database system is shut down");
    }

    @Test
    void no_process_outlives_a_killed_group() throws Exception {
        Process launcher = launch();
        List<ProcessHandle> children = children(launcher);
        signalGroup("KILL", launcher);
        launcher.waitFor();
        LocalBank.open(new StubServices(directory).settings(), new Progress(line -> {})).close();
        assertThat(children).noneMatch(ProcessHandle::isAlive);
    }

    /** The terminal sends the signal to all processes of the group that runs in front. */
    private static void pressControlC(Process leader) throws Exception {
        signalGroup("INT", leader);
    }

    private static void signalGroup(String signal, Process leader) throws Exception {
        new ProcessBuilder("kill", "-s", signal, "--", "-" + leader.pid()).start().waitFor();
    }

    private Process launch() throws IOException {
        return new ProcessBuilder(
                        "setsid",
                        // A build in the background ignores the signal, and so would its children.
                        "env",
                        "--default-signal=INT",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Launcher.class.getName(),
                        directory.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static List<ProcessHandle> children(Process launcher) throws IOException {
        try (BufferedReader output = launcher.inputReader()) {
            return Arrays.stream(output.readLine().split(" ", -1))
                    .map(pid -> ProcessHandle.of(Long.parseLong(pid)).orElseThrow())
                    .toList();
        }
    }

    /** Run as a program of its own, to be ended. */
    static final class Launcher {
        public static void main(String[] arguments) throws Exception {
            BankSettings settings = new StubServices(Path.of(arguments[0])).settings();
            LocalBank bank = LocalBank.open(settings, new Progress(line -> {}));
            Runtime.getRuntime().addShutdownHook(new Thread(bank::close));
            bank.start();
            System.out.printf(
                    "%d %d %d %d%n",
                    bank.postgres().pid(),
                    bank.kafka().pid(),
                    bank.query().pid(),
                    bank.command().pid());
            bank.awaitEnd();
        }
    }
}
