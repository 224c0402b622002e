package banking.http;

import com.fasterxml.jackson.annotation.JacksonAnnotationsInside;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.util.StdConverter;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.text.Normalizer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Text as people write it, of which they see every character. It is read in Unicode's normal form
 * NFC, so that a name is the same name however it was typed. Refused is what shows as nothing, as
 * another character, or not at all: controls, format characters but joiners where a script needs
 * them, separators but the space, and code points that are private, unassigned or halves of others.
 */
@Target({ElementType.FIELD, ElementType.PARAMETER})
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = PlainText.Validator.class)
@JacksonAnnotationsInside
@JsonDeserialize(converter = PlainText.Composed.class)
public @interface PlainText {

    /** As long as the remittance information of a SEPA credit transfer. */
    int MAX_REFERENCE_CHARACTERS = 140;

    String UUID = "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}";

    String UUID_MESSAGE = "must be a UUID";

    /** Whether it names somebody or something, and so has a letter or a digit. */
    boolean name() default false;

    /** Whether it may have several lines, and tabs. */
    boolean lines() default false;

    String message() default "must not contain characters that cannot be seen";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    /** The canonical composition (Unicode Standard Annex 15). */
    @RegisterForReflection
    final class Composed extends StdConverter<String, String> {

        @Override
        public String convert(String text) {
            return Normalizer.normalize(text, Normalizer.Form.NFC);
        }
    }

    /** What a character is, the JVM's version of Unicode says. */
    final class Validator implements ConstraintValidator<PlainText, String> {

        private static final Pattern UNSEEN = unseen("");
        private static final Pattern UNSEEN_IN_LINES = unseen("\\r\\n\\t");
        private static final Pattern LETTER_OR_DIGIT = Pattern.compile("[\\p{L}\\p{Nd}]");

        private Pattern unseen = UNSEEN;
        private boolean name;

        /**
         * Finds a character of the kinds C and Z, or a letter or mark that is blank all the same;
         * and a joiner that is neither behind a letter of a script that has joined letters (and the
         * marks on it) nor between two pictographs.
         */
        private static Pattern unseen(String allowed) {
            var joined =
                    "[\\p{IsArabic}\\p{IsBengali}\\p{IsDevanagari}\\p{IsGujarati}\\p{IsGurmukhi}"
                            + "\\p{IsKannada}\\p{IsKhmer}\\p{IsMalayalam}\\p{IsMongolian}"
                            + "\\p{IsMyanmar}\\p{IsNko}\\p{IsOriya}\\p{IsSinhala}\\p{IsSyriac}"
                            + "\\p{IsTamil}\\p{IsTelugu}][\\p{Mn}&&\\p{IsInherited}]{0,4}";
            var pictograph = "[\\p{IsExtended_Pictographic}\\p{IsEmoji_Modifier}]\\uFE0F?";
            return Pattern.compile(
                    "[\\p{C}\\p{Z}\\u034F\\u115F\\u1160\\u17B4\\u17B5\\u3164\\uFFA0&&[^ \\u200C\\u200D"
                            + allowed
                            + "]]|(?<!"
                            + joined
                            + ")(?!(?<="
                            + pictograph
                            + ")\\u200D"
                            + pictograph
                            + ")[\\u200C\\u200D]");
        }

        @Override
        public void initialize(PlainText constraint) {
            unseen = constraint.lines() ? UNSEEN_IN_LINES : UNSEEN;
            name = constraint.name();
        }

        @Override
        public boolean isValid(@Nullable String text, ConstraintValidatorContext context) {
            if (text == null) {
                return true;
            }
            if (unseen.matcher(text).find()) {
                return false;
            }
            if (!name || text.isBlank() || LETTER_OR_DIGIT.matcher(text).find()) {
                return true;
            }
            context.disableDefaultConstraintViolation();
            context.buildConstraintViolationWithTemplate("must have a letter or a digit")
                    .addConstraintViolation();
            return false;
        }
    }
}
