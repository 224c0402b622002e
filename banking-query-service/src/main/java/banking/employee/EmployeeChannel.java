package banking.employee;

import banking.projection.ProjectionChannel;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** The events of the employees, batch by batch. */
@ApplicationScoped
@Identifier(EmployeeProjection.NAME)
class EmployeeChannel extends ProjectionChannel {

    EmployeeChannel() {
        super(EmployeeProjection.NAME);
    }

    @Incoming(EmployeeProjection.NAME)
    @Blocking
    void read(ConsumerRecords<byte[], byte[]> records) {
        take(records);
    }
}
