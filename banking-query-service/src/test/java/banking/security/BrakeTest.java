package banking.security;

import static org.assertj.core.api.Assertions.assertThat;

import banking.security.Brake.Guesser;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class BrakeTest {

    private static final Guesser EVE = new Guesser("teller", "192.0.2.1");
    private static final Guesser TELLER = new Guesser("teller", "192.0.2.2");

    private long now = Long.MAX_VALUE - 1;
    private final Brake brake = new Brake(now);

    @Test
    void a_few_slips_cost_nothing() {
        guessWrong(EVE, Brake.TRIES_AT_ONCE - 1);

        assertThat(brake.isOn(now)).isFalse();
        assertThat(brake.wait(EVE, now)).isLessThanOrEqualTo(Duration.ZERO);
    }

    @Test
    void who_guesses_on_waits_before_each_try() {
        guessWrong(EVE, Brake.TRIES_AT_ONCE);

        assertThat(brake.isOn(now)).isTrue();
        assertThat(brake.wait(EVE, now)).isEqualTo(Brake.NEXT_TRY_AFTER);
        now += Brake.NEXT_TRY_AFTER.toNanos();
        assertThat(brake.wait(EVE, now)).isLessThanOrEqualTo(Duration.ZERO);
        guessWrong(EVE, 1);
        assertThat(brake.wait(EVE, now)).isEqualTo(Brake.NEXT_TRY_AFTER);
    }

    @Test
    void another_address_does_not_wait() {
        guessWrong(EVE, 100);

        assertThat(brake.wait(TELLER, now)).isLessThanOrEqualTo(Duration.ZERO);
    }

    @Test
    void what_is_kept_of_guessers_is_bounded_and_the_busy_ones_are_kept() {
        guessWrong(EVE, Brake.TRIES_AT_ONCE - 1);
        for (int i = 0; i < 2 * Brake.MOST_GUESSERS; i++) {
            guessWrong(new Guesser("teller", "address " + i), 1);
            if (i == Brake.MOST_GUESSERS / 2) {
                guessWrong(EVE, 1);
            }
            if (i == Brake.MOST_GUESSERS) {
                assertThat(brake.wait(EVE, now)).isPositive();
            }
        }

        assertThat(brake.guessers()).isEqualTo(Brake.MOST_GUESSERS);
    }

    private void guessWrong(Guesser guesser, int times) {
        for (int i = 0; i < times; i++) {
            brake.guessedWrong(guesser, now);
        }
    }
}
