package banking.rules;

import static banking.rules.Named.named;
import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaStaticInitializer;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.lang.invoke.MethodHandles;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TimeZone;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/**
 * What GraalVM would refuse, or what would go another way in a native image. No image is built
 * here, so the rules have to find it.
 */
public final class ImageRules {

    /** What an image answers for those types alone that were registered for it. */
    private static final Set<String> REFLECTION =
            Set.of(
                    "forName",
                    "newInstance",
                    "getPermittedSubclasses",
                    "getRecordComponents",
                    "getEnumConstants",
                    "getClasses",
                    "getDeclaredClasses",
                    "getConstructor",
                    "getConstructors",
                    "getDeclaredConstructor",
                    "getDeclaredConstructors",
                    "getField",
                    "getFields",
                    "getDeclaredField",
                    "getDeclaredFields",
                    "getMethod",
                    "getMethods",
                    "getDeclaredMethod",
                    "getDeclaredMethods",
                    "getAnnotation",
                    "getAnnotations",
                    "getAnnotationsByType",
                    "getDeclaredAnnotation",
                    "getDeclaredAnnotations",
                    "isAnnotationPresent",
                    "getResource",
                    "getResourceAsStream");

    private static final Map<Class<?>, Set<String>> OF_THE_MOMENT =
            Map.of(
                    System.class, Set.of("currentTimeMillis", "nanoTime"),
                    Instant.class, Set.of("now"),
                    Clock.class, Set.of("systemUTC", "systemDefaultZone", "system"),
                    UUID.class, Set.of("randomUUID"),
                    ThreadLocalRandom.class, Set.of("current"),
                    Math.class, Set.of("random"),
                    Locale.class, Set.of("getDefault"),
                    TimeZone.class, Set.of("getDefault"));

    private static final Map<Class<?>, Set<String>> OF_THE_MACHINE =
            Map.of(
                    System.class, Set.of("getenv", "getProperty", "getProperties"),
                    InetAddress.class, Set.of("getLocalHost", "getByName", "getAllByName"),
                    ProcessHandle.class, Set.of("current", "of", "allProcesses"));

    private ImageRules() {}

    @ArchTest
    static final ArchRule nothing_of_a_running_process_is_in_a_static_field =
            classes().should(new StaticState());

    /** What is computed once is computed when the image is built. */
    @ArchTest
    static final ArchRule no_static_field_is_computed_from_the_moment =
            noClasses()
                    .should()
                    .callMethodWhere(
                            describe(
                                    "it is called to initialise a class",
                                    call ->
                                            call.getOrigin() instanceof JavaStaticInitializer
                                                    && isOneOf(OF_THE_MOMENT, call)));

    /** Configuration is Quarkus's, which knows what is read at build time and what later. */
    @ArchTest
    static final ArchRule nobody_asks_the_machine =
            noClasses()
                    .should()
                    .callMethodWhere(
                            describe("it tells of the machine", c -> isOneOf(OF_THE_MACHINE, c)));

    /**
     * Types are named by literals, and libraries that look for them are told by registration. What
     * is asked for an endpoint's parameters relies on the framework, which registers the methods of
     * all resources; every service tests that it does, see {@link ImageTypes#methods}. The document
     * of the API is made when the service is built.
     */
    @ArchTest
    static final ArchRule nobody_asks_reflection =
            noClasses()
                    .that(
                            not(
                                    named(
                                            "banking.http.KnownParameters",
                                            "banking.http.ApiDocumentation")))
                    .should()
                    .callMethodWhere(
                            describe(
                                    "it is reflection",
                                    call ->
                                            call.getTargetOwner().isEquivalentTo(Class.class)
                                                    && REFLECTION.contains(call.getName())))
                    .orShould()
                    .callMethodWhere(isOf("java.lang.reflect."))
                    .orShould()
                    .callMethodWhere(isOf(MethodHandles.Lookup.class.getName()))
                    .orShould()
                    .callMethodWhere(isOf(ClassLoader.class.getName()))
                    .orShould()
                    .callMethodWhere(isOf(ServiceLoader.class.getName()))
                    .orShould()
                    .callMethodWhere(isOf(ResourceBundle.class.getName()));

    private static DescribedPredicate<JavaCall<?>> isOf(String prefix) {
        return describe(
                "it is of " + prefix, call -> call.getTargetOwner().getName().startsWith(prefix));
    }

    private static boolean isOneOf(Map<Class<?>, Set<String>> methods, JavaCall<?> call) {
        return methods.entrySet().stream()
                .anyMatch(
                        each ->
                                call.getTargetOwner().isEquivalentTo(each.getKey())
                                        && each.getValue().contains(call.getName()));
    }
}
