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

/** Prometheus' own tool, where it is installed. */
final class Promtool {

    private static final boolean INSTALLED =
            Pattern.compile(File.pathSeparator, Pattern.LITERAL)
                    .splitAsStream(System.getenv().getOrDefault("PATH", ""))
                    .anyMatch(folder -> Files.isExecutable(Path.of(folder, "promtool")));

    private Promtool() {}

    /** Skips the test where there is none. */
    static void accepts(Path folder, String... arguments) throws IOException {
        assumeTrue(INSTALLED, "promtool is not installed; Debian has it in the package prometheus");
        var command = new ArrayList<>(List.of("promtool"));
        command.addAll(List.of(arguments));
        var running =
                new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .start();
        var said = new String(running.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            assertThat(running.waitFor()).as(said).isZero();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
