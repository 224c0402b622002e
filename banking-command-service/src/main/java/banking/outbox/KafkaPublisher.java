package banking.outbox;

import banking.events.CustomerId;
import banking.events.StreamId;
import banking.events.Topic;
import banking.events.codec.RecordedEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.ApiException;
import org.jboss.logging.Logger;

/**
 * The relay's way to Kafka: a client for each topic, so that one which has to be thrown away, or
 * which is full of what its topic does not take, is no other topic's concern. All but {@link
 * #abort} is for the relay's thread.
 */
@ApplicationScoped
class KafkaPublisher {

    private static final Logger LOG = Logger.getLogger(KafkaPublisher.class);

    private final Map<String, Object> kafka;
    private final OutboxConfig config;
    private final Map<String, TopicClient> clients = new ConcurrentHashMap<>();
    private final Map<String, Integer> batchBytes = new HashMap<>();
    private boolean connected;

    /**
     * @param kafka what the application's configuration says of Kafka
     */
    KafkaPublisher(
            @Identifier("default-kafka-broker") Map<String, Object> kafka, OutboxConfig config) {
        this.kafka = kafka;
        this.config = config;
    }

    /**
     * Returns once Kafka answers; at no cost where it has and was not closed since.
     *
     * @throws KafkaException when it does not answer in time
     */
    void connect() throws InterruptedException {
        if (!connected) {
            ask();
            connected = true;
        }
    }

    /**
     * Where Kafka keeps a stream.
     *
     * @throws ApiException when there is no such topic, it is not ours to write to, or nothing is
     *     known of it
     */
    TopicPartition place(String topic, StreamId stream) throws InterruptedException {
        return client(topic).place(stream);
    }

    private TopicClient client(String topic) {
        var client = clients.get(topic);
        if (client == null || !client.isOpen()) {
            var bytes = batchBytes.getOrDefault(topic, TopicClient.BATCH_BYTES);
            client = new TopicClient(kafka, config, topic, bytes);
            clients.put(topic, client);
        }
        return client;
    }

    /**
     * Lets a heartbeat follow what was handed over, to one partition of every topic. Nobody waits
     * for an answer: there is a next one, and none that comes is what tells of a blocked way.
     */
    void beat(int shard, Instant sentAt) throws InterruptedException {
        for (var topic : Topic.ALL) {
            try {
                client(topic).beat(shard, sentAt);
            } catch (ApiException e) {
                LOG.debugf("%s gets no heartbeat: %s", topic, e);
            }
        }
    }

    /**
     * Hands an event over. Those of one place are sent in this order.
     *
     * @param answer gets the acknowledgement or the refusal, on the client's thread or this one
     */
    void send(TopicPartition place, RecordedEvent event, Callback answer) {
        var client = clients.get(place.topic());
        if (client == null) {
            answer.onCompletion(null, new KafkaException("closed meanwhile"));
        } else {
            client.send(place, event, answer);
        }
    }

    /**
     * Hands over a customer's key as it is now.
     *
     * @param wrapped nothing where it is destroyed
     */
    void send(
            TopicPartition place, CustomerId customer, Optional<String> wrapped, Callback answer) {
        var client = clients.get(place.topic());
        if (client == null) {
            answer.onCompletion(null, new KafkaException("closed meanwhile"));
        } else {
            var value = wrapped.map(key -> key.getBytes(StandardCharsets.UTF_8)).orElse(null);
            client.send(place, customer.toString(), value, answer);
        }
    }

    /** Notices what topics do to their clients; to be called now and then while one waits. */
    void tend() {
        for (var client : clients.values()) {
            if (client.isSplitting() && client.isOpen()) {
                batchBytes.put(client.topic(), client.batchBytes() / TopicClient.SMALLER);
                client.close();
            }
        }
    }

    /**
     * Asks Kafka for anything at all, to tell a place that gives no answer from a Kafka that is
     * away.
     *
     * @throws KafkaException when it does not answer in time
     */
    void ask() throws InterruptedException {
        var settings = new HashMap<>(kafka);
        var timeout = Math.toIntExact(config.answerTimeout().toMillis());
        settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, timeout);
        settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, timeout);
        var admin = Admin.create(settings);
        try {
            admin.describeCluster().nodes().get(timeout, TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new KafkaException("Kafka does not answer", e);
        } finally {
            admin.close(Duration.ZERO);
        }
    }

    /**
     * Sends nothing more to a topic, and refuses all that is not acknowledged: for when a record is
     * refused that others of its stream follow. To be called where the refusal is heard, on the
     * client's own thread, which then has no other request under way.
     */
    void abort(String topic) {
        var client = clients.get(topic);
        if (client != null) {
            client.close();
        }
    }

    /** Throws away what was not sent; the next {@link #connect} begins anew. */
    void close() {
        clients.values().forEach(TopicClient::close);
        clients.clear();
        connected = false;
    }
}
