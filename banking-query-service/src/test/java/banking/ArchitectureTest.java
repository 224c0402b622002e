package banking;

import static banking.rules.Named.named;
import static banking.rules.ServiceRules.aResource;
import static banking.rules.ServiceRules.anEndpoint;
import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static org.assertj.core.api.Assertions.assertThat;

import banking.projection.Projection;
import banking.rules.DatabaseRules;
import banking.rules.ImageRules;
import banking.rules.ServiceRules;
import banking.security.Permissions;
import banking.view.View;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.CompositeArchRule;
import io.quarkus.security.Authenticated;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import java.util.concurrent.Executor;
import org.apache.kafka.clients.consumer.Consumer;
import org.hibernate.SharedSessionContract;

/**
 * The boundaries of this service. What is in none of the mechanisms' packages is a feature,
 * whatever it is called; {@link OffenderTest} breaks each of the rules.
 */
@AnalyzeClasses(packages = "banking", importOptions = ServiceRules.OfAService.class)
class ArchitectureTest {

    private static final String[] MECHANISMS = {
        "banking.projection..",
        "banking.parking..",
        "banking.view..",
        "banking.health..",
        "banking.inspection..",
        "banking.database..",
        "banking.figures..",
        "banking.http..",
        "banking.paging..",
        "banking.security..",
        "banking.story..",
        "banking.audit.."
    };

    private static final DescribedPredicate<JavaClass> A_FEATURE =
            resideInAnyPackage("banking..")
                    .and(resideOutsideOfPackages(MECHANISMS))
                    .and(resideOutsideOfPackages("banking.events.."))
                    .as("features");

    @ArchTest static final ArchTests as_a_native_image_needs_it = ArchTests.in(ImageRules.class);

    @ArchTest
    static final ArchRule every_endpoint_is_permitted_by_the_one_table =
            methods()
                    .that(anEndpoint())
                    .should(ServiceRules.havePermissions(Permissions.all().keySet()));

    /** What the permissions name in vain would be somebody's slip, or forgotten there. */
    @ArchTest
    static void the_permissions_name_all_endpoints_and_nothing_else(JavaClasses service) {
        assertThat(Permissions.all()).containsOnlyKeys(ServiceRules.endpoints(service));
    }

    @ArchTest static final ArchTests as_in_every_service = ArchTests.in(ServiceRules.class);

    @ArchTest static final ArchTests as_with_every_database = ArchTests.in(DatabaseRules.class);

    /** A feature is given the statements of the transaction that it is to write in. */
    @ArchTest
    static final ArchRule only_the_mechanisms_use_transactions =
            noClasses()
                    .that()
                    .resideOutsideOfPackages(
                            "banking.projection",
                            "banking.health",
                            "banking.inspection",
                            "banking.audit",
                            "banking.database")
                    .should()
                    .dependOnClassesThat(are(named("banking.database.Transactions")));

    /** What is put on record is all that requests ask, and no feature's choice. */
    @ArchTest
    static final ArchRule only_requests_are_put_on_record =
            noClasses()
                    .that()
                    .resideOutsideOfPackages("banking.http", "banking.audit")
                    .should()
                    .dependOnClassesThat(are(named("banking.audit.AuditTrail")));

    @ArchTest
    static final ArchRule only_views_are_looked_up_in_sessions =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("banking.view")
                    .or(aResource())
                    .should()
                    .dependOnClassesThat(
                            assignableTo(EntityManager.class)
                                    .or(assignableTo(EntityManagerFactory.class))
                                    .or(assignableTo(SharedSessionContract.class)));

    @ArchTest
    static final ArchRule only_channels_listen =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("banking.projection")
                    .should()
                    .dependOnClassesThat(
                            resideInAnyPackage(
                                            "org.eclipse.microprofile.reactive.messaging..",
                                            "io.smallrye.reactive.messaging..")
                                    .or(assignableTo(Consumer.class)));

    /** Records come from there, are put aside as they came, and are counted and shown. */
    @ArchTest
    static final ArchRule only_the_mechanisms_that_read_know_kafka =
            noClasses()
                    .that()
                    .resideOutsideOfPackages(
                            "banking.projection",
                            "banking.parking",
                            "banking.health",
                            "banking.inspection")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("org.apache.kafka..");

    @ArchTest
    static final ArchRule nobody_publishes =
            noClasses()
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("org.apache.kafka.clients.producer..")
                    .orShould()
                    .dependOnClassesThat()
                    .haveSimpleNameEndingWith("Emitter")
                    .orShould()
                    .dependOnClassesThat()
                    .haveSimpleName("Outgoing");

    @ArchTest
    static final ArchRule the_mechanisms_know_no_feature =
            noClasses()
                    .that()
                    .resideInAnyPackage(MECHANISMS)
                    .should()
                    .dependOnClassesThat(A_FEATURE);

    /** Only who is asked for the streams of a batch says whose ids these are. */
    @ArchTest
    static final ArchRule features_name_aggregates_by_ids_of_their_kind =
            ServiceRules.knowNoStreams(
                    A_FEATURE
                            .and(not(assignableTo(Projection.class)))
                            .and(not(assignableTo(Projection.Fold.class))));

    /** Not a list of what is forbidden: whatever is new here is looked at by somebody first. */
    @ArchTest
    static final ArchRule features_are_made_of_nothing_but_this =
            classes()
                    .that(A_FEATURE)
                    .should()
                    .onlyDependOnClassesThat(
                            resideInAnyPackage(
                                            "banking..",
                                            "java.lang",
                                            "java.lang.annotation",
                                            "java.math",
                                            "java.sql",
                                            "java.time..",
                                            "java.util..",
                                            "jakarta.enterprise.context",
                                            "jakarta.inject",
                                            "jakarta.persistence",
                                            "jakarta.validation..",
                                            "jakarta.ws.rs",
                                            "jakarta.ws.rs.core",
                                            "io.quarkiverse.resteasy.problem",
                                            "io.quarkus.arc",
                                            "io.quarkus.hibernate.orm.panache",
                                            "io.smallrye.config",
                                            "io.smallrye.common.annotation",
                                            "org.apache.kafka.clients.consumer",
                                            "org.eclipse.microprofile.openapi.annotations..",
                                            "org.hibernate.annotations",
                                            "org.jboss.resteasy.reactive",
                                            "org.jspecify.annotations")
                                    .or(type(Authenticated.class))
                                    .and(not(assignableTo(Executor.class)))
                                    .and(not(assignableTo(Thread.class)))
                                    .or(describe("an array", JavaClass::isArray))
                                    .or(describe("a primitive", JavaClass::isPrimitive)));

    private static final DescribedPredicate<JavaClass> PLAIN =
            resideInAnyPackage(
                            "banking.events",
                            "java.lang",
                            "java.math",
                            "java.time..",
                            "java.util..",
                            "org.jspecify.annotations")
                    .as("events and the JDK");

    @ArchTest
    static final ArchRule what_events_come_to_is_decided_without_any_framework =
            CompositeArchRule.of(
                            classes()
                                    .that()
                                    .haveNameMatching(
                                            "banking\\.(account\\.(AccountState|Entry)"
                                                    + "|ledger\\.Booking)(\\$.*)?")
                                    .should()
                                    .onlyDependOnClassesThat(A_FEATURE.or(PLAIN))
                                    .allowEmptyShould(true))
                    .and(
                            classes()
                                    .that()
                                    .areAssignableTo(View.class)
                                    .should(new DecideAlone(A_FEATURE, PLAIN)));

    @ArchTest
    static final ArchRule money_is_never_a_floating_point_number =
            noFields()
                    .that()
                    .areDeclaredInClassesThat(A_FEATURE)
                    .should()
                    .haveRawType(double.class)
                    .orShould()
                    .haveRawType(float.class)
                    .orShould()
                    .haveRawType(Double.class)
                    .orShould()
                    .haveRawType(Float.class);
}
