package banking;

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
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static org.assertj.core.api.Assertions.assertThat;

import banking.aggregate.AggregateType;
import banking.http.Commands;
import banking.pipeline.CommandPipeline;
import banking.rules.DatabaseRules;
import banking.rules.ImageRules;
import banking.rules.ServiceRules;
import banking.security.Permissions;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;
import io.quarkus.security.Authenticated;
import jakarta.enterprise.inject.Produces;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executor;

/**
 * The boundaries that make the mistakes this service exists to prevent impossible to write. What is
 * in none of the mechanisms' packages is a feature, whatever it is called; {@link OffenderTest}
 * breaks each of the rules.
 */
@AnalyzeClasses(packages = "banking", importOptions = ServiceRules.OfAService.class)
class ArchitectureTest {

    private static final DescribedPredicate<JavaClass> A_FEATURE =
            resideOutsideOfPackages(
                            "banking.aggregate",
                            "banking.pipeline",
                            "banking.journal",
                            "banking.database",
                            "banking.policy",
                            "banking.approval",
                            "banking.supervision",
                            "banking.timer",
                            "banking.outbox",
                            "banking.http",
                            "banking.health",
                            "banking.figures",
                            "banking.security",
                            "banking.story",
                            "banking.audit",
                            "banking.seal",
                            "banking.inspection")
                    .as("features");

    @ArchTest static final ArchTests as_a_native_image_needs_it = ArchTests.in(ImageRules.class);

    @ArchTest
    static final ArchRule every_endpoint_is_permitted_by_the_one_table =
            methods()
                    .that(anEndpoint())
                    .should(ServiceRules.havePermissions(Permissions.all().keySet()));

    /** What the permissions name in vain would be somebody's slip, or forgotten there. */
    @ArchTest
    static void the_permissions_name_all_endpoints_and_commands_and_nothing_else(
            JavaClasses service) {
        var known = ServiceRules.endpoints(service);
        service.stream()
                .filter(type -> type.isRecord() && isOfCommands(type))
                .forEach(command -> known.add(command.getSimpleName()));
        assertThat(Permissions.all()).containsOnlyKeys(known);
    }

    private static boolean isOfCommands(JavaClass type) {
        return type.getRawInterfaces().stream()
                .anyMatch(each -> each.getSimpleName().endsWith("Command"));
    }

    @ArchTest static final ArchTests as_in_every_service = ArchTests.in(ServiceRules.class);

    @ArchTest static final ArchTests as_with_every_database = ArchTests.in(DatabaseRules.class);

    @ArchTest
    static final ArchTests as_there_is_one_transaction = ArchTests.in(TransactionRules.class);

    @ArchTest
    static final ArchRule only_the_outbox_publishes =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("banking.outbox")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "org.apache.kafka.clients.producer..",
                            "org.eclipse.microprofile.reactive.messaging..",
                            "io.smallrye.reactive.messaging..");

    @ArchTest
    static final ArchRule only_policies_listen =
            noClasses()
                    .that()
                    .resideOutsideOfPackages("banking.outbox", "banking.policy")
                    .or(aResource())
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("org.apache.kafka..");

    @ArchTest
    static final ArchRule only_the_assignment_mail_is_sent =
            noClasses()
                    .that()
                    .doNotHaveFullyQualifiedName("banking.task.AssignmentMail")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "io.quarkus.mailer..", "io.vertx..ext.mail..", "jakarta.mail..");

    /** A decision is given one state and no way to any other. */
    @ArchTest
    static final ArchRule features_reach_aggregates_only_through_commands =
            noClasses()
                    .that(A_FEATURE)
                    .should()
                    .dependOnClassesThat(
                            resideInAnyPackage("banking.outbox", "banking.timer")
                                    .or(type(CommandPipeline.class)));

    @ArchTest
    static final ArchRule features_name_aggregates_by_ids_of_their_kind =
            ServiceRules.knowNoStreams(A_FEATURE);

    /** Not a list of what is forbidden: whatever is new here is looked at by somebody first. */
    @ArchTest
    static final ArchRule features_are_made_of_nothing_but_this =
            classes()
                    .that(A_FEATURE)
                    .and()
                    .doNotHaveFullyQualifiedName("banking.task.AssignmentMail")
                    .should()
                    .onlyDependOnClassesThat(
                            resideInAnyPackage(
                                            "banking..",
                                            "java.lang",
                                            "java.lang.annotation",
                                            "java.math",
                                            "java.time..",
                                            "java.util..",
                                            "jakarta.enterprise.context",
                                            "jakarta.inject",
                                            "jakarta.validation..",
                                            "jakarta.ws.rs",
                                            "jakarta.ws.rs.core",
                                            "io.quarkus.runtime.annotations",
                                            "io.smallrye.config",
                                            "org.eclipse.microprofile.openapi.annotations..",
                                            "org.jspecify.annotations")
                                    .or(type(Authenticated.class))
                                    .and(not(assignableTo(Executor.class)))
                                    .and(not(assignableTo(Thread.class)))
                                    .or(type(Produces.class))
                                    .or(type(StandardCharsets.class))
                                    .or(type(Charset.class))
                                    .or(describe("an array", JavaClass::isArray))
                                    .or(describe("a primitive", JavaClass::isPrimitive)));

    @ArchTest
    static final ArchRule only_resources_give_commands_of_requests =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("banking.http")
                    .and(not(aResource()))
                    .should()
                    .dependOnClassesThat(are(type(Commands.class)));

    @ArchTest
    static final ArchRule a_request_gives_one_command =
            methods().that(anEndpoint()).should(new GiveOneCommand());

    @ArchTest
    static final ArchRule aggregates_decide_purely =
            fields().that()
                    .haveRawType(AggregateType.class)
                    .and()
                    .areStatic()
                    .should(new DecidePurely());

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
