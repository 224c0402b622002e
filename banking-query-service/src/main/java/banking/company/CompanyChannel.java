package banking.company;

import banking.projection.ProjectionChannel;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** The events of the companies, batch by batch. */
@ApplicationScoped
@Identifier(CompanyProjection.NAME)
class CompanyChannel extends ProjectionChannel {

    CompanyChannel() {
        super(CompanyProjection.NAME);
    }

    @Incoming(CompanyProjection.NAME)
    @Blocking
    void read(ConsumerRecords<byte[], byte[]> records) {
        take(records);
    }
}
