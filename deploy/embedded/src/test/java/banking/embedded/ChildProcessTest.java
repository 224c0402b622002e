package banking.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ChildProcessTest {

    private static final List<String> ENDLESS = List.of("sleep", "1000");

    /** Its children do not listen to INT unless they say so. */
    private static final List<String> PATIENT =
            List.of(
                    "env",
                    "--default-signal=INT",
                    "sh",
                    "-c",
                    "trap 'echo asked; exit' TERM INT; while :; do sleep 0.05; done");

    @TempDir Path directory;

    @Test
    void a_child_ends_when_its_parent_is_killed() throws Exception {
        Process parent = parent(ENDLESS);
        ProcessHandle child = child(parent);
        assertThat(child.isAlive()).isTrue();
        parent.destroyForcibly().waitFor();
        assertThat(child.onExit().get(10, TimeUnit.SECONDS).isAlive()).isFalse();
    }

    @Test
    void what_kills_the_group_of_the_parent_leaves_the_child_to_its_watcher() throws Exception {
        Process parent = parent(PATIENT);
        ProcessHandle child = child(parent);
        await(() -> loops(child));
        new ProcessBuilder("kill", "-s", "KILL", "--", "-" + parent.pid()).start().waitFor();
        child.onExit().get(10, TimeUnit.SECONDS);
        assertThat(directory.resolve("log")).content().isEqualToIgnoringNewLines("asked");
    }

    @ParameterizedTest
    @EnumSource
    void a_child_whose_watcher_was_killed_is_asked_all_the_same(ChildProcess.StopSignal signal) {
        ChildProcess child = start(PATIENT, signal);
        ProcessHandle handle = ProcessHandle.of(child.pid()).orElseThrow();
        await(() -> loops(handle));
        handle.children()
                .filter(each -> !runs(each, "sleep"))
                .forEach(ProcessHandle::destroyForcibly);
        child.close();
        assertThat(child.lastLines(1)).isEqualTo("asked");
    }

    @Test
    void what_a_child_writes_is_its_users_alone() throws Exception {
        Path file = directory.resolve("file");
        ChildProcess child = start(List.of("touch", file.toString()), ChildProcess.StopSignal.TERM);
        await(() -> !child.isAlive());
        for (Path each : List.of(file, child.log())) {
            assertThat(Files.getPosixFilePermissions(each))
                    .containsExactlyInAnyOrder(
                            PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
        }
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

    /** A program of its own, at the head of its group, that starts a child. */
    private Process parent(List<String> command) throws IOException {
        List<String> whole =
                new ArrayList<>(
                        List.of(
                                "setsid",
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                Parent.class.getName(),
                                directory.resolve("log").toString()));
        whole.addAll(command);
        return new ProcessBuilder(whole).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }

    private static ProcessHandle child(Process parent) throws IOException {
        try (BufferedReader output = parent.inputReader()) {
            return ProcessHandle.of(Long.parseLong(output.readLine())).orElseThrow();
        }
    }

    private static boolean loops(ChildProcess child) {
        return loops(ProcessHandle.of(child.pid()).orElseThrow());
    }

    /** A script that has come to its loop has set up its traps. */
    private static boolean loops(ProcessHandle child) {
        return child.descendants().anyMatch(descendant -> runs(descendant, "sleep"));
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
                            Arrays.asList(arguments).subList(1, arguments.length),
                            Map.of(),
                            Path.of(arguments[0]),
                            ChildProcess.StopSignal.TERM);
            System.out.println(child.pid());
            Thread.currentThread().join();
        }
    }
}
