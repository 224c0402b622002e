package banking.projection;

import static org.assertj.core.api.Assertions.assertThat;

import banking.embedded.BankTestResource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.ConsumerConfig;

/** A second consumer of a projection, as another process would run it. */
final class Rival {

    private static final Duration STOPS_WITHIN = Duration.ofSeconds(10);

    private final Intake intake;

    Rival(
            String group,
            Projection projection,
            ProjectionConfig config,
            DataSource database,
            Consumer<Round> applied,
            Progress progress) {
        intake =
                new Intake(
                        projection,
                        Map.of(
                                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                                BankTestResource.addresses().bootstrapServers(),
                                ConsumerConfig.GROUP_ID_CONFIG,
                                group,
                                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                                "none"),
                        config,
                        new ProjectionWriter(new Transactions(database), projection),
                        applied,
                        progress,
                        new SimpleMeterRegistry());
    }

    void start() {
        intake.start();
    }

    void stop() throws InterruptedException {
        intake.stop();
        assertThat(intake.ends(STOPS_WITHIN)).isTrue();
    }
}
