package banking.health;

import static org.assertj.core.api.Assertions.assertThat;

import banking.events.Topic;
import banking.projection.ProjectionConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LogEndsTest {

    private final ProjectionConfig config =
            new SmallRyeConfigBuilder()
                    .addDiscoveredConverters()
                    .withMapping(ProjectionConfig.class)
                    .withDefaultValue("bank.projection.log-end-timeout", "200ms")
                    .build()
                    .getConfigMapping(ProjectionConfig.class);

    @Test
    void nobody_waits_long_for_the_ends_of_the_topics_while_kafka_is_away()
            throws InterruptedException {
        var logEnds = new LogEnds(Map.of("bootstrap.servers", "127.0.0.1:1"), config);
        try {
            assertThat(logEnds.of(List.of(Topic.ACCOUNTS)).ends()).isEmpty();
        } finally {
            logEnds.close();
        }
    }
}
