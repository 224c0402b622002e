package banking.http;

import static org.assertj.core.api.Assertions.assertThat;

import banking.CommandServiceTest;
import banking.rules.BoundsTest;
import org.junit.jupiter.api.Test;

@CommandServiceTest
class BoundsOfCommandsTest extends BoundsTest {

    @Test
    void processes_divide_a_bound_among_them() {
        assertThat(CallerBounds.bucket(100, 1).getAvailableTokens()).isEqualTo(200);
        assertThat(CallerBounds.bucket(100, 3).getAvailableTokens()).isEqualTo(66);
        assertThat(CallerBounds.bucket(1, 3).getAvailableTokens()).isEqualTo(2);
    }
}
