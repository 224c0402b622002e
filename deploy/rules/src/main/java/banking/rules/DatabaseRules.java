package banking.rules;

import static banking.rules.Named.named;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.sql.Array;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Wrapper;
import javax.sql.CommonDataSource;

/** Who may know of the database, and how much of it; in both services. */
public final class DatabaseRules {

    private DatabaseRules() {}

    @ArchTest
    static final ArchRule only_transactions_and_the_vacuum_know_the_data_source =
            noClasses()
                    .that(
                            are(
                                    not(
                                            named(
                                                    "banking.database.Transactions",
                                                    "banking.database.Vacuum"))))
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
            classes()
                    .that(are(not(named("banking.database.Transactions"))))
                    .should(new EndNoTransaction());

    /**
     * Everybody else writes statements and reads the rows that were found; what an exception says
     * may be of interest to anybody.
     */
    @ArchTest
    static final ArchRule only_statements_use_jdbc =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("banking.database")
                    .should()
                    .dependOnClassesThat(
                            resideInAnyPackage("java.sql..", "javax.sql..", "org.postgresql..")
                                    .or(assignableTo(Wrapper.class))
                                    .and(not(assignableTo(ResultSet.class)))
                                    .and(not(assignableTo(Array.class)))
                                    .and(not(assignableTo(SQLException.class))));
}
