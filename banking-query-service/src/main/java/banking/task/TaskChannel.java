package banking.task;

import banking.projection.ProjectionChannel;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** The events of the tasks, batch by batch. */
@ApplicationScoped
@Identifier(TaskProjection.NAME)
class TaskChannel extends ProjectionChannel {

    TaskChannel() {
        super(TaskProjection.NAME);
    }

    @Incoming(TaskProjection.NAME)
    @Blocking
    void read(ConsumerRecords<byte[], byte[]> records) {
        take(records);
    }
}
