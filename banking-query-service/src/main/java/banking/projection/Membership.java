package banking.projection;

import io.smallrye.common.annotation.Identifier;
import io.smallrye.reactive.messaging.kafka.KafkaClientService;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.MemberToRemove;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupResult;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** This process among those that read the same topics. */
@ApplicationScoped
public class Membership {

    private static final Logger LOG = Logger.getLogger(Membership.class);

    /** The connector closes its consumers with 50. */
    private static final int ONCE_THE_CONSUMERS_ARE_CLOSED = 100;

    private static final int PATIENCE_MILLIS = 1000;
    private static final String GROUP_PREFIX = "banking-query.";

    private final KafkaClientService clients;
    private final Projections projections;
    private final ProjectionConfig config;
    private final Map<String, Object> kafka;
    private final String instance;

    Membership(
            KafkaClientService clients,
            Projections projections,
            ProjectionConfig config,
            @Identifier("default-kafka-broker") Map<String, Object> kafka,
            @ConfigProperty(name = "mp.messaging.connector.smallrye-kafka.group.instance.id")
                    String instance) {
        this.clients = clients;
        this.projections = projections;
        this.config = config;
        this.kafka = kafka;
        this.instance = instance;
    }

    /** For how long the consumers have not looked for records, by their projections. */
    public Map<String, Duration> silences() {
        var silences = new TreeMap<String, Duration>();
        if (config.run()) {
            projections.all().forEach(p -> silences.put(p.name(), silence(p.name())));
        }
        return silences;
    }

    private Duration silence(String channel) {
        var consumer = clients.getConsumer(channel);
        if (consumer == null || consumer.unwrap() == null) {
            return Duration.ZERO;
        }
        return consumer.unwrap().metrics().entrySet().stream()
                .filter(metric -> isOfTheLastPoll(metric.getKey()))
                .map(Map.Entry::getValue)
                .map(Metric::metricValue)
                .map(Number.class::cast)
                .map(seconds -> Duration.ofSeconds(Math.max(0, seconds.longValue())))
                .findFirst()
                .orElse(Duration.ZERO);
    }

    private static boolean isOfTheLastPoll(MetricName metric) {
        return "last-poll-seconds-ago".equals(metric.name());
    }

    /**
     * Gives the partitions to the others at once: what comes back under another name could only
     * wait for this one's session to end. The connector's consumers leave nothing when they are
     * closed.
     */
    void leave(
            @Observes
                    @Priority(ONCE_THE_CONSUMERS_ARE_CLOSED)
                    @BeforeDestroyed(ApplicationScoped.class)
                    Object event) {
        if (!config.run()) {
            return;
        }
        var settings = new HashMap<>(kafka);
        settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS);
        settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS);
        try (var admin = Admin.create(settings)) {
            var left =
                    projections.all().stream()
                            .map(projection -> GROUP_PREFIX + projection.name())
                            .map(group -> admin.removeMembersFromConsumerGroup(group, departure()))
                            .map(RemoveMembersFromConsumerGroupResult::all)
                            .toArray(KafkaFuture[]::new);
            KafkaFuture.allOf(left).get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            LOG.debug("the partitions go to the others when the session ends", e);
        }
    }

    private RemoveMembersFromConsumerGroupOptions departure() {
        return new RemoveMembersFromConsumerGroupOptions(List.of(new MemberToRemove(instance)));
    }
}
