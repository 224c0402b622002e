package banking.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The services share no code but the events; what both have of the mechanisms between them and the
 * world is the same text.
 */
class BothServicesTest {

    private static final Path HERE = Path.of("src/main/java/banking");
    private static final Path THERE = Path.of("../banking-command-service").resolve(HERE);

    /** Whether callers send bodies or parameters, and who may, each service says itself. */
    private static final Set<String> DIFFER =
            Set.of("Problems.java", "Permissions.java", "package-info.java");

    /** There, what a refusal is belongs to the aggregates; here, to HTTP. */
    private static final String OF_AGGREGATES = "import banking.aggregate.Refusal;\n\n?";

    static Stream<Path> common() throws IOException {
        return Stream.of("database", "http", "security", "story", "audit")
                .flatMap(BothServicesTest::files)
                .filter(file -> !DIFFER.contains(file.getFileName().toString()))
                .filter(file -> Files.exists(THERE.resolve(file)));
    }

    private static Stream<Path> files(String mechanism) {
        try (var files = Files.list(HERE.resolve(mechanism))) {
            return files.map(HERE::relativize).toList().stream();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("common")
    void what_both_services_have_is_the_same_text(Path file) throws IOException {
        assertThat(text(HERE, file)).isEqualTo(text(THERE, file));
    }

    private static String text(Path service, Path file) throws IOException {
        return Files.readString(service.resolve(file)).replaceFirst(OF_AGGREGATES, "");
    }

    @Test
    void both_services_have_the_same_front_door() {
        var style = Path.of("src/main/resources/META-INF/resources/front-door.css");
        assertThat(style)
                .hasSameTextualContentAs(Path.of("../banking-command-service").resolve(style));
    }
}
