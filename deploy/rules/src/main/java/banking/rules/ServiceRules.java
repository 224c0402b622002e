package banking.rules;

import static banking.rules.Named.named;
import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import io.quarkus.security.Authenticated;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What holds for both services and everywhere in them. The rules ask what a class is and uses, not
 * what it is called or where it stands, so that nothing new escapes them.
 */
public final class ServiceRules {

    /** How rows are written with JPA, Hibernate and Panache. */
    private static final Set<String> WRITES =
            Set.of(
                    "persist",
                    "persistAndFlush",
                    "merge",
                    "remove",
                    "flush",
                    "executeUpdate",
                    "insert",
                    "insertMultiple",
                    "update",
                    "updateMultiple",
                    "upsert",
                    "upsertMultiple",
                    "delete",
                    "deleteAll",
                    "deleteById",
                    "deleteMultiple",
                    "doWork",
                    "doReturningWork");

    /** What is built as a service; not its tests, nor what it shares with others. */
    public static final class OfAService implements ImportOption {

        @Override
        public boolean includes(Location location) {
            return location.contains("-service/target/classes/");
        }
    }

    private ServiceRules() {}

    /** A class with a path, or one within it. */
    public static DescribedPredicate<JavaClass> aResource() {
        return describe("a resource", ServiceRules::isResource);
    }

    private static boolean isResource(JavaClass type) {
        return type.isAnnotatedWith(Path.class)
                || type.getEnclosingClass().filter(ServiceRules::isResource).isPresent();
    }

    /** A method that answers a request. */
    public static DescribedPredicate<JavaMethod> anEndpoint() {
        return describe("an endpoint", method -> method.isMetaAnnotatedWith(HttpMethod.class));
    }

    /** All endpoints of a service, as its permissions name them. */
    public static Set<String> endpoints(JavaClasses service) {
        return service.stream()
                .flatMap(type -> type.getMethods().stream())
                .filter(anEndpoint())
                .map(endpoint -> PermittedEndpoints.what(endpoint.getName()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Only a mechanism treats aggregates of all kinds alike; others name them by ids of a kind. */
    public static ArchRule knowNoStreams(DescribedPredicate<JavaClass> features) {
        return noClasses()
                .that(features)
                .should()
                .dependOnClassesThat(named("banking.events.StreamId"))
                .orShould()
                .callMethodWhere(
                        describe(
                                "it makes an id one of any kind",
                                call ->
                                        call.getName().equals("stream")
                                                && call.getTargetOwner()
                                                        .isAssignableTo(
                                                                "banking.events.AggregateId")));
    }

    /** Observers of what the framework tells are welcome; what we tell one another is a call. */
    @ArchTest
    static final ArchRule nobody_fires_events_or_looks_beans_up =
            noClasses()
                    .should()
                    .dependOnClassesThat(
                            named(
                                    "jakarta.enterprise.event.Event",
                                    "jakarta.enterprise.event.NotificationOptions",
                                    "io.quarkus.arc.Arc",
                                    "io.quarkus.arc.ArcContainer"))
                    .orShould()
                    .dependOnClassesThat()
                    .resideInAPackage("jakarta.enterprise.inject.spi..");

    @ArchTest
    static final ArchRule nobody_uses_the_event_bus =
            noClasses()
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("..eventbus..")
                    .orShould()
                    .dependOnClassesThat(named("io.quarkus.vertx.ConsumeEvent"));

    /**
     * What another server has to be told is an event, and is published; an address calls nobody.
     */
    @ArchTest
    static final ArchRule nobody_calls_another_server =
            noClasses()
                    .should()
                    .dependOnClassesThat(
                            resideInAnyPackage(
                                            "java.net.http..",
                                            "jakarta.ws.rs.client..",
                                            "org.eclipse.microprofile.rest.client..",
                                            "io.vertx..ext.web.client..",
                                            "io.vertx..net..",
                                            "java.nio.channels..")
                                    .and(not(named("io.vertx.core.net.SocketAddress")))
                                    .or(
                                            named(
                                                    "java.net.Socket",
                                                    "java.net.ServerSocket",
                                                    "java.net.URL",
                                                    "java.net.URLConnection",
                                                    "java.net.HttpURLConnection",
                                                    "io.vertx.core.http.HttpClient",
                                                    "io.vertx.mutiny.core.http.HttpClient")));

    /** What people read is a template; all else is written as JSON. */
    @ArchTest
    static final ArchRule only_the_mail_and_the_front_door_are_templates =
            noClasses()
                    .that()
                    .haveNameNotMatching(
                            "banking\\.(task\\.AssignmentMail"
                                    + "|(http|problem)\\.FrontDoor(\\$(Check|Figure))?)")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("io.quarkus.qute..");

    /** Where a transaction begins and ends is seen in the code that it is of. */
    @ArchTest
    static final ArchRule no_annotation_opens_a_transaction =
            noClasses().should().dependOnClassesThat().resideInAPackage("jakarta.transaction..");

    @ArchTest
    static final ArchRule nobody_uses_jta =
            noClasses().should().dependOnClassesThat().resideInAPackage("io.quarkus.narayana..");

    /** All writing is SQL of the mechanisms, in their transactions. */
    @ArchTest
    static final ArchRule rows_are_only_read =
            noClasses()
                    .should()
                    .callMethodWhere(
                            describe(
                                    "it writes a row",
                                    call ->
                                            WRITES.contains(call.getName())
                                                    && isPersistence(call.getTargetOwner())));

    private static boolean isPersistence(JavaClass type) {
        return resideInAnyPackage(
                        "jakarta.persistence..",
                        "jakarta.data..",
                        "org.hibernate..",
                        "io.quarkus.hibernate..")
                .or(assignableTo(PanacheEntityBase.class))
                .test(type);
    }

    @ArchTest
    static final ArchRule rows_have_no_setters =
            methods()
                    .that()
                    .areDeclaredInClassesThat()
                    .areAssignableTo(PanacheEntityBase.class)
                    .should()
                    .haveNameNotStartingWith("set");

    @ArchTest
    static final ArchRule only_resources_know_http =
            noClasses()
                    .that()
                    .resideOutsideOfPackages("banking.http", "banking.http")
                    .and(not(aResource()))
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "jakarta.ws.rs..", "io.vertx..http..", "io.vertx.ext.web..");

    /** Nobody without a name gets to an endpoint, and then the permissions say who may. */
    @ArchTest
    static final ArchRule every_endpoint_asks_who_calls =
            methods()
                    .that(anEndpoint())
                    .should()
                    .beAnnotatedWith(Authenticated.class)
                    .orShould()
                    .beDeclaredInClassesThat()
                    .areAnnotatedWith(Authenticated.class);

    /** There is one table, and nothing beside it lets anybody in. */
    @ArchTest
    static final ArchRule nobody_else_says_who_may_call =
            noClasses()
                    .should()
                    .dependOnClassesThat(
                            resideInAnyPackage("jakarta.annotation.security..")
                                    .or(
                                            named(
                                                    "io.quarkus.security.PermissionsAllowed",
                                                    "io.quarkus.security.PermissionChecker",
                                                    "io.quarkus.vertx.http.security.AuthorizationPolicy")));

    /**
     * Every endpoint has a name of its own, by which the service's permissions know it.
     *
     * @param known the names of the permissions
     */
    public static ArchCondition<JavaMethod> havePermissions(Set<String> known) {
        return new PermittedEndpoints(known);
    }

    /** What is no parameter of the request is its body. */
    @ArchTest
    static final ArchRule every_body_is_a_record_that_is_validated =
            methods().that(anEndpoint()).should(new HaveValidBodies());

    @ArchTest
    static final ArchRule packages_have_no_cycles =
            slices().matching("banking.(*)..").should().beFreeOfCycles();
}
