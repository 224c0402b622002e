package banking.http;

import static java.util.Objects.requireNonNull;

import banking.events.Currency;
import banking.events.Money;
import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.math.BigDecimal;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The body's amount is an exact amount of its currency: a decimal string such as {@code "12.30"}
 * with no more decimals than the ISO 4217 currency has, and at most {@link #MAX_MINOR_UNITS}.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = ExactMoney.Validator.class)
public @interface ExactMoney {

    /** The most that one command may move: ten thousand million euros, in cents. */
    long MAX_MINOR_UNITS = 1_000_000_000_000L;

    boolean zeroAllowed() default false;

    String message() default "is not an exact amount";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    /** A body with an amount and its currency, as they came. */
    interface Body {

        /** The amount as it came. */
        @Nullable String amountText();

        @Nullable String currency();

        /** The member that carries the amount. */
        String amountField();

        /** The amount; only to be asked of a valid body. */
        default Money money() {
            return Money.of(
                    new BigDecimal(requireNonNull(amountText())),
                    new Currency(requireNonNull(currency())));
        }
    }

    /** A body whose amount is in its member {@code amount}. */
    interface AmountBody extends Body {

        @Nullable String amount();

        @Override
        default @Nullable String amountText() {
            return amount();
        }

        @Override
        default String amountField() {
            return "amount";
        }
    }

    /** Tells of every member of the body what is wrong with it. */
    final class Validator implements ConstraintValidator<ExactMoney, Body> {

        private static final Pattern DECIMAL = Pattern.compile("[0-9]{1,16}(\\.[0-9]{1,4})?");

        private boolean zeroAllowed;

        @Override
        public void initialize(ExactMoney constraint) {
            zeroAllowed = constraint.zeroAllowed();
        }

        @Override
        public boolean isValid(Body body, ConstraintValidatorContext context) {
            context.disableDefaultConstraintViolation();
            var currency = currency(body.currency());
            if (currency == null) {
                violation(context, "currency", "must be an ISO 4217 code, as in EUR");
            }
            var wrong = wrong(body.amountText(), currency);
            if (wrong != null) {
                violation(context, body.amountField(), wrong);
            }
            return currency != null && wrong == null;
        }

        private static @Nullable Currency currency(@Nullable String code) {
            return code == null || !Currency.isKnown(code) ? null : new Currency(code);
        }

        /** Where the currency is wrong, only the amount's form is looked at. */
        private @Nullable String wrong(@Nullable String amount, @Nullable Currency currency) {
            if (amount == null || !DECIMAL.matcher(amount).matches()) {
                return "must be a decimal number in a string, as in \"12.30\"";
            }
            var decimal = new BigDecimal(amount);
            if (decimal.signum() == 0 && !zeroAllowed) {
                return "must be greater than zero";
            }
            if (currency == null) {
                return null;
            }
            var decimals = currency.decimals();
            if (decimal.scale() > decimals) {
                return "must have at most " + decimals + " decimals";
            }
            var most = BigDecimal.valueOf(MAX_MINOR_UNITS, decimals);
            return decimal.compareTo(most) > 0 ? "must be at most " + most.toPlainString() : null;
        }

        private static void violation(
                ConstraintValidatorContext context, String field, String message) {
            context.buildConstraintViolationWithTemplate(message)
                    .addPropertyNode(field)
                    .addConstraintViolation();
        }
    }
}
