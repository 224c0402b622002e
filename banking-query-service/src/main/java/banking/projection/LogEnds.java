package banking.projection;

import io.smallrye.common.annotation.Identifier;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Asks Kafka where partitions end; the only thing that an operator's query asks of it. */
@ApplicationScoped
class LogEnds {

    private static final Logger LOG = Logger.getLogger(LogEnds.class);

    private final Map<String, Object> kafka;
    private final Duration timeout;
    private @Nullable Admin admin;

    LogEnds(
            @Identifier("default-kafka-broker") Map<String, Object> kafka,
            ProjectionConfig config) {
        this.kafka = kafka;
        this.timeout = config.logEndTimeout();
    }

    /** The offset after the last record of each partition; nothing while Kafka is away. */
    Map<TopicPartition, Long> of(Collection<TopicPartition> partitions)
            throws InterruptedException {
        var asked = new HashMap<TopicPartition, OffsetSpec>();
        partitions.forEach(partition -> asked.put(partition, OffsetSpec.latest()));
        var ends = new HashMap<TopicPartition, Long>();
        try {
            admin().listOffsets(asked)
                    .all()
                    .get(timeout.toMillis(), TimeUnit.MILLISECONDS)
                    .forEach((partition, info) -> ends.put(partition, info.offset()));
        } catch (ExecutionException | TimeoutException e) {
            LOG.debug("Kafka does not say where the topics end", e);
        }
        return ends;
    }

    private synchronized Admin admin() {
        var known = admin;
        if (known == null) {
            var settings = new HashMap<>(kafka);
            settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) timeout.toMillis());
            settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) timeout.toMillis());
            known = Admin.create(settings);
            admin = known;
        }
        return known;
    }

    @PreDestroy
    synchronized void close() {
        if (admin != null) {
            admin.close(timeout);
        }
    }
}
