package banking;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import banking.database.Transactions;
import banking.journal.Journal;
import banking.journal.JournalLookup;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import jakarta.annotation.security.RolesAllowed;
import java.sql.Connection;
import javax.sql.DataSource;

/** The boundaries that make the mistakes this service exists to prevent impossible to write. */
@AnalyzeClasses(packages = "banking", importOptions = ArchitectureTest.ThisService.class)
class ArchitectureTest {

    static final class ThisService implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return location.contains("/banking-command-service/target/classes/");
        }
    }

    @ArchTest
    static final ArchRule only_the_mechanisms_use_transactions =
            noClasses()
                    .that(
                            not(
                                    resideInAnyPackage(
                                            "banking.pipeline",
                                            "banking.journal",
                                            "banking.outbox",
                                            "banking.policy",
                                            "banking.database")))
                    .should()
                    .dependOnClassesThat(are(type(Transactions.class)));

    @ArchTest
    static final ArchRule there_is_one_kind_of_transaction =
            noClasses()
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("jakarta.transaction..", "io.quarkus.narayana..");

    @ArchTest
    static final ArchRule nobody_else_commits =
            noClasses()
                    .that(not(type(Transactions.class)))
                    .should()
                    .callMethod(Connection.class, "commit")
                    .orShould()
                    .callMethod(Connection.class, "rollback")
                    .orShould()
                    .callMethod(Connection.class, "setAutoCommit", boolean.class)
                    .orShould()
                    .callMethod(DataSource.class, "getConnection");

    @ArchTest
    static final ArchRule only_the_pipeline_writes_the_journal =
            noClasses()
                    .that(not(resideInAnyPackage("banking.pipeline", "banking.journal")))
                    .should()
                    .dependOnClassesThat(are(type(Journal.class).or(type(JournalLookup.class))));

    @ArchTest
    static final ArchRule only_the_outbox_publishes =
            noClasses()
                    .that(not(resideInAPackage("banking.outbox")))
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "org.apache.kafka.clients.producer..",
                            "org.eclipse.microprofile.reactive.messaging..");

    @ArchTest
    static final ArchRule only_policies_listen =
            noClasses()
                    .that(not(resideInAnyPackage("banking.outbox", "banking.policy")))
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("org.apache.kafka..");

    /** F18: a decision is given one state and no way to any other. */
    @ArchTest
    static final ArchRule features_reach_aggregates_only_through_commands =
            noClasses()
                    .that()
                    .resideInAnyPackage(
                            "banking.account",
                            "banking.transfer",
                            "banking.customer",
                            "banking.company",
                            "banking.task",
                            "banking.employee")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("java.sql..", "javax.sql..", "banking.outbox");

    @ArchTest
    static final ArchRule the_domain_knows_no_framework =
            classes()
                    .that()
                    .haveNameMatching(
                            "banking\\.(account\\.(Account|Funds)|customer\\.Customer"
                                    + "|company\\.Company|employee\\.Employee|task\\.Task)"
                                    + "(Command)?(\\$.*)?")
                    .should()
                    .onlyDependOnClassesThat()
                    .resideInAnyPackage(
                            "java..",
                            "banking.account",
                            "banking.customer",
                            "banking.company",
                            "banking.employee",
                            "banking.task",
                            "banking.events",
                            "banking.pipeline",
                            "org.jspecify.annotations");

    @ArchTest
    static final ArchRule only_resources_know_http =
            noClasses()
                    .that(not(simpleNameEndingWith("Resource")))
                    .and(not(resideInAPackage("banking.http")))
                    .and()
                    .areTopLevelClasses()
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("jakarta.ws.rs..");

    @ArchTest
    static final ArchRule every_endpoint_says_who_may_call_it =
            classes()
                    .that()
                    .areAnnotatedWith(jakarta.ws.rs.Path.class)
                    .should()
                    .beAnnotatedWith(RolesAllowed.class);

    @ArchTest
    static final ArchRule packages_have_no_cycles =
            slices().matching("banking.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule money_is_never_a_floating_point_number =
            noFields()
                    .that()
                    .areDeclaredInClassesThat()
                    .resideInAnyPackage("banking.account", "banking.events")
                    .should()
                    .haveRawType(double.class)
                    .orShould()
                    .haveRawType(float.class);
}
