package banking.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The services share no code but the events; what they must agree on is the same text. */
class BothServicesTest {

    private static final Path FROM_MODULE = Path.of("src/main/java/banking/database");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DatabaseFailure.java",
                "Migrations.java",
                "Reads.java",
                "ReadsAgain.java",
                "SoundSessions.java"
            })
    void both_services_take_a_failing_database_alike(String file) {
        var there = Path.of("../banking-command-service").resolve(FROM_MODULE).resolve(file);

        assertThat(FROM_MODULE.resolve(file)).hasSameTextualContentAs(there);
    }

    @Test
    void both_services_have_the_same_front_door() throws IOException {
        var command = Path.of("../banking-command-service");
        assertThat(Path.of("src/main/java/banking/problem/FrontDoor.java"))
                .content()
                .isEqualTo(
                        Files.readString(
                                        command.resolve(
                                                "src/main/java/banking/http/FrontDoor.java"))
                                .replace("package banking.http;", "package banking.problem;"));
        var style = Path.of("src/main/resources/META-INF/resources/front-door.css");
        assertThat(style).hasSameTextualContentAs(command.resolve(style));
    }
}
