package banking;

import static org.assertj.core.api.Assertions.assertThat;

import banking.rules.DatabaseRules;
import banking.rules.ImageRules;
import banking.rules.ServiceRules;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A rule that nothing can break is none: these packages break all of them. */
class OffenderTest {

    private static final JavaClasses OFFENDERS =
            new ClassFileImporter()
                    .importPackages("banking.loan", "banking.pledge", "banking.projection.loan");

    static Stream<Field> rules() {
        return Stream.of(
                        ArchitectureTest.class,
                        ServiceRules.class,
                        DatabaseRules.class,
                        ImageRules.class)
                .flatMap(rules -> Arrays.stream(rules.getDeclaredFields()))
                .filter(field -> field.getType() == ArchRule.class);
    }

    @ParameterizedTest
    @MethodSource("rules")
    void the_new_package_breaks_the_rule(Field rule) throws IllegalAccessException {
        rule.setAccessible(true);

        assertThat(((ArchRule) rule.get(null)).evaluate(OFFENDERS).hasViolation()).isTrue();
    }
}
