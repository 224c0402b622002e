package banking;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.persistence.Entity;
import jakarta.transaction.Transactional;

@AnalyzeClasses(packages = "banking", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule only_the_projection_mechanism_opens_transactions =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("banking.projection")
                    .should()
                    .dependOnClassesThat()
                    .areAssignableTo(QuarkusTransaction.class)
                    .orShould()
                    .dependOnClassesThat()
                    .areAssignableTo(Transactional.class);

    @ArchTest
    static final ArchRule only_resources_know_http =
            noClasses()
                    .that()
                    .haveSimpleNameNotEndingWith("Resource")
                    .and()
                    .resideOutsideOfPackage("banking.problem")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("jakarta.ws.rs..");

    @ArchTest
    static final ArchRule packages_have_no_cycles =
            slices().matching("banking.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule the_mechanism_knows_no_view =
            noClasses()
                    .that()
                    .resideInAPackage("banking.projection")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "banking.account",
                            "banking.transfer",
                            "banking.ledger",
                            "banking.customer",
                            "banking.company",
                            "banking.task",
                            "banking.employee");

    @ArchTest
    static final ArchRule what_an_account_comes_to_is_decided_without_any_framework =
            classes()
                    .that()
                    .haveSimpleName("AccountState")
                    .or()
                    .haveSimpleName("HoldState")
                    .or()
                    .haveSimpleName("Entry")
                    .and()
                    .areTopLevelClasses()
                    .or()
                    .haveSimpleName("Booking")
                    .should()
                    .onlyDependOnClassesThat(
                            resideInAnyPackage(
                                    "banking.account",
                                    "banking.ledger",
                                    "banking.events",
                                    "java..",
                                    "org.jspecify.annotations"));

    @ArchTest
    static final ArchRule rows_have_no_setters =
            methods()
                    .that()
                    .areDeclaredInClassesThat()
                    .areAnnotatedWith(Entity.class)
                    .should()
                    .haveNameNotStartingWith("set");
}
