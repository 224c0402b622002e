package banking.account;

import banking.projection.ProjectionChannel;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** The events of the accounts, batch by batch. */
@ApplicationScoped
@Identifier(AccountProjection.NAME)
class AccountChannel extends ProjectionChannel {

    AccountChannel() {
        super(AccountProjection.NAME);
    }

    @Incoming(AccountProjection.NAME)
    @Blocking
    void read(ConsumerRecords<byte[], byte[]> records) {
        take(records);
    }
}
