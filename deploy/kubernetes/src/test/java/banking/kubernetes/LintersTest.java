package banking.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What linters, where they are installed, say to the images and to compose.yaml. */
class LintersTest {

    private static final Path IMAGES = Path.of("../images").toAbsolutePath();
    private static final Path COMPOSE = Path.of("../compose.yaml").toAbsolutePath();

    /** Their order and the quotes of their values are a matter of taste. */
    private static final String TASTE = Path.of("src/test/resources/dclint.json").toAbsolutePath().toString();

    @TempDir Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"Dockerfile.jvm", "Dockerfile.native"})
    void a_dockerfile_is_one(String file) throws IOException {
        Tool.DOCKERFILES.accepts(IMAGES, "lint", file);
    }

    @ParameterizedTest
    @CsvSource({
        "EXPOSE 8080 8081 9000, EXPOSE 80800",
        "WORKDIR /app, WORKDIRECTORY /app",
        "AS build, AS 1build",
        "ENTRYPOINT, ENTRYPOINT [\"sh\"]\nENTRYPOINT",
        "--from=build, --form=build"
    })
    void a_mistake_in_a_dockerfile_is_found(String right, String wrong) throws IOException {
        plant(IMAGES.resolve("Dockerfile.jvm"), right, wrong, "Dockerfile");

        Tool.DOCKERFILES.refuses(folder, "lint", "Dockerfile");
    }

    @Test
    void the_compose_file_is_one() throws IOException {
        Tool.COMPOSE.accepts(COMPOSE.getParent(), "--config", TASTE, "compose.yaml");
    }

    @ParameterizedTest
    @CsvSource({
        "stop_grace_period: 60s, stop_grace: 60s, invalid-schema",
        "interval: 30s, interval: {}, invalid-schema",
        "replicas: 2, replicas: two, invalid-schema",
        "127.0.0.1:9090:9090, 127.0.0.1:8080:8080, no-duplicate-exported-ports",
        "127.0.0.1:9090:9090, 9090:9090, no-unbound-port-interfaces"
    })
    void a_mistake_in_the_compose_file_is_found(String right, String wrong, String rule)
            throws IOException {
        plant(COMPOSE, right, wrong, "compose.yaml");

        assertThat(Tool.COMPOSE.refuses(folder, "--config", TASTE, "compose.yaml")).contains(rule);
    }

    private void plant(Path file, String right, String wrong, String as) throws IOException {
        var text = Manifests.read(file);
        assertThat(text).contains(right);
        Files.writeString(folder.resolve(as), text.replace(right, wrong));
    }
}
