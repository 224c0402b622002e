package banking;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import banking.audit.AuditTrail;
import banking.audit.GivenCommands;
import banking.database.Statements;
import banking.database.Transactions;
import banking.journal.Journal;
import banking.journal.JournalLookup;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Who may know of the database. */
final class TransactionRules {

    private TransactionRules() {}

    @ArchTest
    static final ArchRule only_the_mechanisms_use_transactions =
            noClasses()
                    .that()
                    .resideOutsideOfPackages(
                            "banking.pipeline",
                            "banking.journal",
                            "banking.outbox",
                            "banking.policy",
                            "banking.audit",
                            "banking.seal",
                            "banking.database")
                    .should()
                    .dependOnClassesThat(are(type(Transactions.class).or(type(Statements.class))));

    @ArchTest
    static final ArchRule only_the_pipeline_writes_the_journal =
            noClasses()
                    .that()
                    .resideOutsideOfPackages("banking.pipeline", "banking.journal")
                    .should()
                    .dependOnClassesThat(are(type(Journal.class).or(type(JournalLookup.class))));

    /** As what a command was given is written with its events, and nowhere else. */
    @ArchTest
    static final ArchRule only_the_pipeline_says_as_what_commands_were_given =
            noClasses()
                    .that()
                    .resideOutsideOfPackages("banking.pipeline", "banking.audit")
                    .should()
                    .dependOnClassesThat(are(type(GivenCommands.class)));

    /** What is put on record is all that requests ask, and no feature's choice. */
    @ArchTest
    static final ArchRule only_requests_are_put_on_record =
            noClasses()
                    .that()
                    .resideOutsideOfPackages("banking.http", "banking.audit")
                    .should()
                    .dependOnClassesThat(are(type(AuditTrail.class)));
}
