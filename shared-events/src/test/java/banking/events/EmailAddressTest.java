package banking.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmailAddressTest {

    @Test
    void case_means_nothing() {
        assertThat(new EmailAddress("Ann.Lee+1@ONE.Example").value())
                .isEqualTo("ann.lee+1@one.example");
        assertThat(new EmailDomain("ONE.Example")).isEqualTo(new EmailDomain("one.example"));
    }

    /** The Kelvin sign, the dotted capital I and the long s have ASCII letters as other cases. */
    @ParameterizedTest
    @ValueSource(strings = {"boo\u212a", "\u0130ris", "bo\u017fs", "\uff41nn", "a\u0131"})
    void a_letter_beyond_ascii_is_none_of_an_address(String text) {
        assertThatThrownBy(() -> new EmailAddress(text + "@one.example"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new EmailAddress("ann@" + text + ".example"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new EmailDomain(text + ".example"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
