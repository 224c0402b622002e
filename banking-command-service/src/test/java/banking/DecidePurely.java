package banking;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaParameterizedType;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * What an aggregate is made of, its states and commands and all that they use, knows the language
 * and the events and nothing else: no framework, no clock, no chance, no way to any other
 * aggregate.
 */
final class DecidePurely extends ArchCondition<JavaField> {

    private static final DescribedPredicate<JavaClass> KNOWN =
            resideInAnyPackage(
                            "java.lang",
                            "java.math",
                            "java.time..",
                            "java.util",
                            "java.util.function",
                            "java.util.regex",
                            "java.util.stream",
                            "banking.events",
                            "banking.aggregate",
                            "org.jspecify.annotations")
                    .and(DescribedPredicate.not(assignableTo(RandomGenerator.class)))
                    .and(DescribedPredicate.not(assignableTo(InstantSource.class)))
                    .and(DescribedPredicate.not(assignableTo(Thread.class)))
                    .and(DescribedPredicate.not(type(System.class)));

    private static final Set<String> OF_THE_MOMENT = Set.of("now", "randomUUID", "random");

    DecidePurely() {
        super("decide without framework, clock or chance");
    }

    @Override
    public void check(JavaField aggregate, ConditionEvents events) {
        for (var each : domain(aggregate)) {
            each.getDirectDependenciesFromSelf().stream()
                    .filter(dependency -> !isOfTheDomain(dependency.getTargetClass()))
                    .filter(dependency -> !KNOWN.test(component(dependency.getTargetClass())))
                    .map(Dependency::getDescription)
                    .forEach(what -> events.add(SimpleConditionEvent.violated(each, what)));
            each.getMethodCallsFromSelf().stream()
                    .filter(call -> call.getTargetOwner().getPackageName().startsWith("java."))
                    .filter(call -> OF_THE_MOMENT.contains(call.getName()))
                    .forEach(
                            call ->
                                    events.add(
                                            SimpleConditionEvent.violated(
                                                    each, call.getDescription())));
        }
    }

    /** States, commands and events are the type's parameters. */
    private static Set<JavaClass> domain(JavaField aggregate) {
        var domain = new HashSet<JavaClass>();
        ((JavaParameterizedType) aggregate.getType())
                .getActualTypeArguments()
                .forEach(argument -> add(argument.toErasure(), domain));
        return domain;
    }

    private static void add(JavaClass type, Set<JavaClass> domain) {
        if (isOfTheDomain(type) && domain.add(type)) {
            type.getDirectDependenciesFromSelf()
                    .forEach(dependency -> add(component(dependency.getTargetClass()), domain));
            type.getDirectDependenciesToSelf().stream()
                    .map(Dependency::getOriginClass)
                    .filter(user -> user.getEnclosingClass().filter(type::equals).isPresent())
                    .forEach(member -> add(member, domain));
        }
    }

    private static boolean isOfTheDomain(JavaClass type) {
        return type.getPackageName().startsWith("banking.")
                && !resideInAnyPackage("banking.events", "banking.aggregate").test(type);
    }

    private static JavaClass component(JavaClass type) {
        return type.getBaseComponentType();
    }
}
