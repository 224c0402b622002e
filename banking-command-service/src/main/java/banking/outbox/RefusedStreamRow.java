package banking.outbox;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** A stream whose next event Kafka does not take, as operators read it. */
@Entity
@Immutable
@Table(name = "refused_stream")
class RefusedStreamRow extends PanacheEntityBase {

    @Id UUID streamId;
    @Nullable String topic;
    long first;
    long last;
    String reason;
    Instant refusedSince;
    int attempts;
    Instant nextTry;

    @SuppressWarnings("NullAway.Init") // Hibernate makes and fills it.
    protected RefusedStreamRow() {}

    RefusedStream refused() {
        return new RefusedStream(
                streamId.toString(), topic, first, last, reason, refusedSince, attempts, nextTry);
    }
}
