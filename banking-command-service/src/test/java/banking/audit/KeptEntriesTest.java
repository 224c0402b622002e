package banking.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class KeptEntriesTest {

    private static final Instant LAST_YEAR = Instant.parse("2025-03-01T00:00:00Z");

    private final Instant now = Instant.now();

    @Test
    void nothing_may_be_gone_where_nobody_says_so() {
        var kept = new KeptEntries(Optional.empty(), Optional.empty());

        assertThat(kept.mayBeGone(Instant.EPOCH)).isFalse();
        assertThat(kept.isLost(Instant.EPOCH)).isFalse();
    }

    @Test
    void what_is_old_enough_may_be_gone_and_nothing_younger() {
        var kept = new KeptEntries(Optional.of(Duration.ofDays(2)), Optional.empty());

        assertThat(kept.mayBeGone(now.minus(Duration.ofDays(3)))).isTrue();
        assertThat(kept.mayBeGone(now.minus(Duration.ofDays(1)))).isFalse();
        assertThat(kept.isLost(now.minus(Duration.ofDays(3)))).isFalse();
    }

    @Test
    void so_may_what_is_known_to_be_lost() {
        var kept =
                new KeptEntries(
                        Optional.empty(),
                        Optional.of(
                                List.of(
                                        "2025-01-01T00:00:00Z/2025-01-02T00:00:00Z",
                                        " 2025-03-01T00:00:00Z/2025-03-01T00:00:01Z")));

        assertThat(kept.mayBeGone(LAST_YEAR)).isTrue();
        assertThat(kept.isLost(LAST_YEAR)).isTrue();
        assertThat(kept.mayBeGone(LAST_YEAR.plusSeconds(1))).isFalse();
    }

    @Test
    void what_is_no_time_is_refused_at_once() {
        assertThatThrownBy(
                        () ->
                                new KeptEntries(
                                        Optional.empty(),
                                        Optional.of(List.of("2025-01-01T00:00:00Z"))))
                .hasMessageContaining("two instants");
    }
}
