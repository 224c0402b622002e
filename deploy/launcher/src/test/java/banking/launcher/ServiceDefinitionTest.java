package banking.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import banking.embedded.StartFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceDefinitionTest {

    private final @Nullable String before = System.getProperty("bank.native");

    @Test
    void a_service_that_is_out_of_memory_ends() {
        var service = ServiceDefinition.packaged("command", Path.of("."), ServicePorts.from(8080));

        assertThat(service.program()).contains("-XX:+ExitOnOutOfMemoryError");
    }

    @Test
    void a_native_binary_runs_where_it_is_asked_for(@TempDir Path root) throws IOException {
        Path target = Files.createDirectories(root.resolve("banking-command-service/target"));
        Path binary = Files.createFile(target.resolve("banking-command-service-1-runner"));
        System.setProperty("bank.native", "");

        var service = ServiceDefinition.packaged("command", root, ServicePorts.from(8080));

        assertThat(service.program())
                .startsWith(binary.toString())
                .contains("-XX:+ExitOnOutOfMemoryError")
                // It has a collector of its own, and knows no other.
                .doesNotContain("-jar", "-XX:+UseParallelGC");
    }

    @Test
    void a_native_binary_that_was_not_built_is_asked_for(@TempDir Path root) throws IOException {
        Files.createDirectories(root.resolve("banking-query-service/target"));
        System.setProperty("bank.native", "true");

        assertThatThrownBy(() -> ServiceDefinition.packaged("query", root, ServicePorts.from(8081)))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("./mvnw -Dnative package");
    }

    @AfterEach
    void restore() {
        if (before == null) {
            System.clearProperty("bank.native");
        } else {
            System.setProperty("bank.native", before);
        }
    }
}
