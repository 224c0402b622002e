package banking.events;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import banking.rules.ImageRules;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "banking.events", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest static final ArchTests as_a_native_image_needs_it = ArchTests.in(ImageRules.class);

    @ArchTest
    static final ArchRule the_vocabulary_depends_on_nothing_but_the_jdk_and_annotations =
            classes()
                    .that()
                    .resideInAPackage("banking.events")
                    .should()
                    .onlyDependOnClassesThat()
                    .resideInAnyPackage(
                            "banking.events",
                            "java..",
                            "org.jspecify.annotations",
                            "com.fasterxml.jackson.annotation");
}
