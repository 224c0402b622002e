package banking.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MoneyTest {

    @ParameterizedTest
    @CsvSource({"12.34,EUR,1234", "12,EUR,1200", "500,JPY,500", "1.234,KWD,1234", "-0.01,EUR,-1"})
    void a_decimal_amount_becomes_minor_units_of_its_currency(
            BigDecimal amount, String code, long minorUnits) {
        assertThat(Money.of(amount, new Currency(code)).minorUnits()).isEqualTo(minorUnits);
    }

    @ParameterizedTest
    @CsvSource({"0.001,EUR", "0.5,JPY", "99999999999999999999,EUR", "90071992547409.92,EUR"})
    void an_amount_that_the_currency_cannot_hold_is_refused(BigDecimal amount, String code) {
        assertThatThrownBy(() -> Money.of(amount, new Currency(code)))
                .isInstanceOf(ArithmeticException.class);
    }

    @Test
    void a_currency_without_minor_units_is_refused() {
        assertThatThrownBy(() -> new Money(1, new Currency("XAU")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void currencies_are_never_mixed() {
        var euro = new Money(1, new Currency("EUR"));
        var dollar = new Money(1, new Currency("USD"));

        assertThatThrownBy(() -> euro.plus(dollar)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> euro.minus(dollar)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> euro.lessThan(dollar))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void sums_are_exact_up_to_the_bound_and_refused_beyond_it() {
        var most = new Money(Money.MAX_MINOR_UNITS, new Currency("EUR"));
        var cent = new Money(1, new Currency("EUR"));

        assertThat(most.minus(cent).plus(cent)).isEqualTo(most);
        assertThatThrownBy(() -> most.plus(cent)).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> most.negated().minus(cent))
                .isInstanceOf(ArithmeticException.class);
    }
}
