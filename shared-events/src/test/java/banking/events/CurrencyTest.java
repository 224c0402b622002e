package banking.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CurrencyTest {

    /** A line that changes makes other money of what is stored; only new ones may come in. */
    @Test
    void the_table_is_the_frozen_one() throws IOException {
        try (var frozen = CurrencyTest.class.getResourceAsStream("/golden/currencies.txt")) {
            var lines =
                    new String(
                                    Objects.requireNonNull(frozen).readAllBytes(),
                                    StandardCharsets.US_ASCII)
                            .lines()
                            .toList();

            assertThat(Currency.all().map(c -> c.code() + " " + c.decimals()).toList())
                    .isEqualTo(lines);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "XAU", "XXX", "DEM", "eur", "EURO", "\u0395UR", " EUR"})
    void what_is_not_in_the_table_is_no_currency(String code) {
        assertThat(Currency.isKnown(code)).isFalse();
        assertThatThrownBy(() -> new Currency(code)).isInstanceOf(IllegalArgumentException.class);
    }
}
