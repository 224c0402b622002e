package banking.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildProcessTest {

    private static final List<String> ENDLESS = List.of("sleep", "1000");

    @TempDir Path directory;

    @Test
    void a_child_ends_when_its_parent_is_killed() throws Exception {
        Process parent =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                Parent.class.getName(),
                                directory.resolve("log").toString())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        ProcessHandle child;
        try (BufferedReader output = parent.inputReader()) {
            child = ProcessHandle.of(Long.parseLong(output.readLine())).orElseThrow();
        }
        assertThat(child.isAlive()).isTrue();
        parent.destroyForcibly().waitFor();
        assertThat(child.onExit().get(10, TimeUnit.SECONDS).isAlive()).isFalse();
    }

    @Test
    void stopping_asks_with_the_signal_of_the_child() throws Exception {
        List<String> patient =
                List.of("sh", "-c", "trap 'echo asked; exit' TERM; while :; do sleep 0.05; done");
        ChildProcess child = start(patient, ChildProcess.StopSignal.TERM);
        await(() -> loops(child));
        child.close();
        assertThat(child.isAlive()).isFalse();
        assertThat(child.lastLines(1)).isEqualTo("asked");
    }

    @Test
    void a_child_that_does_not_stop_in_time_is_killed() {
        ChildProcess child =
                start(
                        List.of("sh", "-c", "trap '' TERM; while :; do sleep 0.05; done"),
                        ChildProcess.StopSignal.TERM);
        await(() -> loops(child));
        child.stop(Duration.ofMillis(100));
        assertThat(child.isAlive()).isFalse();
    }

    @Test
    void the_terminals_interrupt_does_not_reach_a_child() throws Exception {
        try (ChildProcess child = start(ENDLESS, ChildProcess.StopSignal.TERM)) {
            ProcessHandle handle = ProcessHandle.of(child.pid()).orElseThrow();
            await(() -> runs(handle, "sleep"));
            for (String signal : List.of("INT", "HUP")) {
                new ProcessBuilder("kill", "-s", signal, Long.toString(child.pid()))
                        .start()
                        .waitFor();
            }
            assertThatThrownBy(() -> handle.onExit().get(200, TimeUnit.MILLISECONDS))
                    .isInstanceOf(TimeoutException.class);
        }
    }

    private ChildProcess start(List<String> command, ChildProcess.StopSignal stop) {
        return ChildProcess.start(command, Map.of(), directory.resolve("log"), stop);
    }

    /** A script that has come to its loop has set up its traps. */
    private static boolean loops(ChildProcess child) {
        return ProcessHandle.of(child.pid())
                .orElseThrow()
                .descendants()
                .anyMatch(descendant -> runs(descendant, "sleep"));
    }

    private static boolean runs(ProcessHandle process, String program) {
        return process.info().command().orElse("").endsWith("/" + program);
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    /** Run as a program of its own, to be killed. */
    static final class Parent {
        public static void main(String[] arguments) throws InterruptedException {
            ChildProcess child =
                    ChildProcess.start(
                            ENDLESS, Map.of(), Path.of(arguments[0]), ChildProcess.StopSignal.TERM);
            System.out.println(child.pid());
            Thread.currentThread().join();
        }
    }
}
