package banking.customer;

import banking.projection.ProjectionChannel;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** The events of the customers, batch by batch. */
@ApplicationScoped
@Identifier(CustomerProjection.NAME)
class CustomerChannel extends ProjectionChannel {

    CustomerChannel() {
        super(CustomerProjection.NAME);
    }

    @Incoming(CustomerProjection.NAME)
    @Blocking
    void read(ConsumerRecords<byte[], byte[]> records) {
        take(records);
    }
}
