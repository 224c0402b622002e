package banking.http;

import banking.events.EmailDomain;
import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.jspecify.annotations.Nullable;

/** Text that an {@link EmailDomain} can be made of. */
@Target({ElementType.FIELD, ElementType.PARAMETER})
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = MailDomain.Validator.class)
public @interface MailDomain {

    String message() default "is not a domain of e-mail addresses";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    /** The type itself knows its form. */
    final class Validator implements ConstraintValidator<MailDomain, String> {

        @Override
        public boolean isValid(@Nullable String text, ConstraintValidatorContext context) {
            try {
                return text != null && !new EmailDomain(text).value().isEmpty();
            } catch (IllegalArgumentException e) {
                return false;
            }
        }
    }
}
