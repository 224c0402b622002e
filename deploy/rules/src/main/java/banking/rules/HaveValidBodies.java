package banking.rules;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;

import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaParameter;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import jakarta.validation.Valid;

/** Asks what an endpoint reads beside the request's line and headers. */
final class HaveValidBodies extends ArchCondition<JavaMethod> {

    HaveValidBodies() {
        super("have no body but a record with @Valid");
    }

    @Override
    public void check(JavaMethod endpoint, ConditionEvents events) {
        for (var parameter : endpoint.getParameters()) {
            var isGood =
                    isOfTheRequest(parameter)
                            || (parameter.isAnnotatedWith(Valid.class)
                                    && parameter.getRawType().isRecord());
            if (!isGood) {
                events.add(
                        SimpleConditionEvent.violated(
                                endpoint, parameter.getDescription() + " is not validated"));
            }
        }
    }

    private static boolean isOfTheRequest(JavaParameter parameter) {
        return parameter.getAnnotations().stream()
                .anyMatch(
                        annotation ->
                                resideInAnyPackage("jakarta.ws.rs..", "org.jboss.resteasy..")
                                        .test(annotation.getRawType()));
    }
}
