package banking.projection;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jboss.logging.Logger;

/** Brings a topic of a test's own to an intake as a messaging channel does: no batch is empty. */
public final class PlayedChannel implements Runnable {

    private static final Logger LOG = Logger.getLogger(PlayedChannel.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration STOPS_WITHIN = Duration.ofSeconds(10);

    private final String topic;
    private final Intake intake;
    private final KafkaConsumer<byte[], byte[]> kafka;
    private final Thread thread;
    private volatile boolean stopping;

    /** The channel of a projection that is run with others. */
    public static PlayedChannel of(
            Map<String, Object> kafka, Projections projections, Projection projection) {
        return new PlayedChannel(
                kafka,
                "banking-query." + projection.name(),
                projection.topic(),
                projections.intake(projection.name()));
    }

    PlayedChannel(Map<String, Object> kafka, String group, String topic, Intake intake) {
        this.topic = topic;
        this.intake = intake;
        var settings = new HashMap<>(kafka);
        settings.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        settings.put(ConsumerConfig.METADATA_MAX_AGE_CONFIG, 5000);
        settings.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 6000);
        settings.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, 500);
        this.kafka =
                new KafkaConsumer<>(
                        settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        thread = Thread.ofPlatform().daemon().name("channel-" + group).unstarted(this);
    }

    public void start() {
        thread.start();
    }

    /** After the intake was told to stop. */
    public void stop() throws InterruptedException {
        stopping = true;
        kafka.wakeup();
        assertThat(thread.join(STOPS_WITHIN)).isTrue();
    }

    @Override
    public void run() {
        kafka.subscribe(List.of(topic), new Listener());
        while (!stopping) {
            try {
                var records = kafka.poll(POLL);
                if (!records.isEmpty()) {
                    intake.take(records, new Polling());
                }
            } catch (WakeupException e) {
                LOG.debug("told to stop", e);
            }
        }
        kafka.close(CloseOptions.timeout(Duration.ofSeconds(1)));
    }

    /** Who takes batches in here polls as well. */
    private final class Polling implements Reading {
        @Override
        public <T> T ask(Function<Consumer<byte[], byte[]>, T> question) {
            return question.apply(kafka);
        }
    }

    private final class Listener implements ConsumerRebalanceListener {
        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            intake.assigned(kafka, partitions);
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            intake.revoked(partitions);
        }
    }
}
