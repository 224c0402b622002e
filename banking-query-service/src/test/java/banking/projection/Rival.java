package banking.projection;

import banking.Feed;
import banking.database.Transactions;
import banking.embedded.BankTestResource;
import java.util.Map;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.ConsumerConfig;

/** A second consumer of a projection, as another process would run it. */
final class Rival {

    private final Intake intake;
    private final PlayedChannel channel;

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
                        config,
                        new ProjectionWriter(
                                new Transactions(database),
                                projection,
                                Feed.KEYS,
                                NoKeys.from(new Transactions(database))),
                        applied,
                        progress);
        channel =
                new PlayedChannel(
                        Map.of(
                                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                                BankTestResource.addresses().bootstrapServers()),
                        group,
                        projection.topic(),
                        intake);
    }

    void start() {
        channel.start();
    }

    void stop() throws InterruptedException {
        intake.stop();
        channel.stop();
    }
}
