package banking.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A program of somebody else's, where it is installed.
 *
 * @param source where it comes from
 */
record Tool(String name, String source) {

    static final Tool PROMTOOL = new Tool("promtool", "Debian has it in the package prometheus");

    static final Tool DOCKERFILES =
            new Tool("dockerfile-utils", "npm install --global dockerfile-utils");

    static final Tool COMPOSE = new Tool("dclint", "npm install --global dclint");

    /** What it thinks of something, and why. */
    private record Verdict(boolean accepted, String said) {}

    /** Skips the test where it is not installed. */
    void accepts(Path folder, String... arguments) throws IOException {
        var verdict = verdict(folder, arguments);
        assertThat(verdict.accepted()).as(verdict.said()).isTrue();
    }

    /** Skips the test where it is not installed; else gives what it said. */
    String refuses(Path folder, String... arguments) throws IOException {
        var verdict = verdict(folder, arguments);
        assertThat(verdict.accepted()).as(verdict.said()).isFalse();
        return verdict.said();
    }

    private Verdict verdict(Path folder, String... arguments) throws IOException {
        assumeTrue(isInstalled(), name + " is not installed: " + source);
        var command = new ArrayList<>(List.of(name));
        command.addAll(List.of(arguments));
        var running =
                new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .start();
        var said = new String(running.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            return new Verdict(running.waitFor() == 0, said);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private boolean isInstalled() {
        return Pattern.compile(File.pathSeparator, Pattern.LITERAL)
                .splitAsStream(System.getenv().getOrDefault("PATH", ""))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, name)));
    }
}
