package banking;

import static banking.rules.Named.named;
import static banking.rules.ServiceRules.aResource;
import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import banking.database.Transactions;
import banking.journal.Journal;
import banking.journal.JournalLookup;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Wrapper;
import javax.sql.CommonDataSource;

/** Who may know of the database, and how much of it. */
final class TransactionRules {

    private TransactionRules() {}

    @ArchTest
    static final ArchRule only_transactions_know_the_data_source =
            noClasses()
                    .that(are(not(type(Transactions.class))))
                    .should()
                    .dependOnClassesThat(
                            assignableTo(CommonDataSource.class).or(type(DriverManager.class)));

    /** It throws sessions out, and gets none. */
    @ArchTest
    static final ArchRule only_sound_sessions_know_the_pool =
            noClasses()
                    .that(are(not(named("banking.database.SoundSessions"))))
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("io.agroal..", "io.quarkus.agroal..");

    @ArchTest
    static final ArchRule nobody_else_commits =
            noClasses()
                    .that(are(not(type(Transactions.class))))
                    .should()
                    .callMethodWhere(
                            describe("it ends a transaction", TransactionRules::endsATransaction));

    private static boolean endsATransaction(JavaCall<?> call) {
        return call.getTargetOwner().isAssignableTo(Connection.class)
                && switch (call.getName()) {
                    case "commit", "setAutoCommit" -> true;
                    // To a savepoint is within the transaction.
                    case "rollback" -> call.getTarget().getRawParameterTypes().isEmpty();
                    default -> false;
                };
    }

    @ArchTest
    static final ArchRule only_the_mechanisms_use_transactions =
            noClasses()
                    .that()
                    .resideOutsideOfPackages(
                            "banking.pipeline",
                            "banking.journal",
                            "banking.outbox",
                            "banking.policy",
                            "banking.database")
                    .should()
                    .dependOnClassesThat(are(type(Transactions.class)));

    /** What an exception says may be of interest to others. */
    @ArchTest
    static final ArchRule only_the_mechanisms_speak_sql =
            noClasses()
                    .that()
                    .resideOutsideOfPackages(
                            "banking.pipeline",
                            "banking.journal",
                            "banking.outbox",
                            "banking.policy",
                            "banking.database")
                    .or(aResource())
                    .should()
                    .dependOnClassesThat(
                            resideInAnyPackage("java.sql..", "javax.sql..", "org.postgresql..")
                                    .or(assignableTo(Wrapper.class))
                                    .and(not(assignableTo(SQLException.class))));

    @ArchTest
    static final ArchRule only_the_pipeline_writes_the_journal =
            noClasses()
                    .that()
                    .resideOutsideOfPackages("banking.pipeline", "banking.journal")
                    .should()
                    .dependOnClassesThat(are(type(Journal.class).or(type(JournalLookup.class))));
}
