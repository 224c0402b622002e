package banking.projection;

import static org.assertj.core.api.Assertions.assertThat;

import banking.database.Backoff;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProjectionConfigTest {

    private final ProjectionConfig defaults =
            new SmallRyeConfigBuilder()
                    .addDiscoveredConverters()
                    .withMapping(ProjectionConfig.class)
                    .build()
                    .getConfigMapping(ProjectionConfig.class);

    @Test
    void reading_has_its_bounds() {
        assertThat(defaults.run()).isTrue();
        assertThat(defaults.minBackoff()).isEqualTo(Duration.ofMillis(50));
        assertThat(defaults.maxBackoff()).isEqualTo(Duration.ofSeconds(5));
        assertThat(defaults.logEndTimeout()).isEqualTo(Duration.ofSeconds(1));
        assertThat(defaults.placeTimeout()).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void a_standstill_is_reported_within_ten_seconds() {
        assertThat(defaults.lookEvery()).isEqualTo(Duration.ofSeconds(1));
        assertThat(defaults.patience()).isEqualTo(Duration.ofSeconds(7));
    }

    @Test
    void waiting_for_a_version_has_its_bounds() {
        assertThat(defaults.versionTimeout()).isEqualTo(Duration.ofSeconds(2));
        assertThat(defaults.versionPoll()).isEqualTo(Duration.ofMillis(50));
        assertThat(defaults.maxWaiting()).isEqualTo(1000);
    }

    @Test
    void pauses_double_up_to_their_bound() {
        var backoff = new Backoff(Duration.ofMillis(50), Duration.ofMillis(150));

        assertThat(backoff.after(1)).isEqualTo(Duration.ofMillis(50));
        assertThat(backoff.after(2)).isEqualTo(Duration.ofMillis(100));
        assertThat(backoff.after(3)).isEqualTo(Duration.ofMillis(150));
        assertThat(backoff.after(1_000)).isEqualTo(Duration.ofMillis(150));
    }
}
