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

/** What linters, where they are installed, say to the images and to the bank in containers. */
class LintersTest {

    private static final Path DEPLOY = Path.of("..");
    private static final Path IMAGES = DEPLOY.resolve("images");
    private static final String COMPOSE = "compose.yaml";

    @TempDir Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"Dockerfile.compare", "Dockerfile.jvm", "Dockerfile.native"})
    void a_dockerfile_says_what_a_builder_knows(String file) throws IOException {
        Tool.DOCKERFILES.accepts(IMAGES, "lint", file);
    }

    @ParameterizedTest
    @CsvSource({
        "EXPOSE 8080, EXPOSE 80800x, Invalid containerPort",
        "WORKDIR /app, WORKDIRECTORY /app, Unknown instruction",
        "AS build, AS 1build, invalid name for build stage",
        "--from=build, --form=build, Unknown flag",
        "USER 10001:10001, USER, Instruction has no arguments"
    })
    void a_mistake_in_a_dockerfile_is_found(String right, String wrong, String told)
            throws IOException {
        plant(IMAGES.resolve("Dockerfile.jvm"), right, wrong, "Dockerfile");

        assertThat(Tool.DOCKERFILES.refuses(folder, "lint", "Dockerfile")).contains(told);
    }

    /** By the schema of such files; what is a matter of taste it only warns of. */
    @Test
    void the_bank_in_containers_says_what_compose_knows() throws IOException {
        Tool.COMPOSE.accepts(DEPLOY, "--quiet", COMPOSE);
    }

    @ParameterizedTest
    @CsvSource({
        "stop_grace_period: 60s, stop_grace: 60s, invalid-schema",
        "interval: 30s, interval: {}, invalid-schema",
        "127.0.0.1:9090:9090, 127.0.0.1:8080:8080, no-duplicate-exported-ports",
        "127.0.0.1:8025:8025, 8025:8025, no-unbound-port-interfaces"
    })
    void a_mistake_in_the_bank_in_containers_is_found(String right, String wrong, String rule)
            throws IOException {
        plant(DEPLOY.resolve(COMPOSE), right, wrong, COMPOSE);

        assertThat(Tool.COMPOSE.refuses(folder, "--quiet", COMPOSE)).contains(rule);
    }

    private void plant(Path file, String right, String wrong, String as) throws IOException {
        var text = Manifests.read(file);
        assertThat(text).contains(right);
        Files.writeString(folder.resolve(as), text.replace(right, wrong));
    }
}
