package banking.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
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
}
